package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.tool.Parameter;

/// The parameters by which tools name storage. Authorization finds buckets by these names, so no
/// tool may call them anything else.
public final class StorageParameters {
  private static final String PACKAGE_NAME = "[^/]+/[^/]+";

  private StorageParameters() {}

  /// The bucket of a listing.
  public static Parameter bucket() {
    return Parameter.text("bucket", "Bucket, as NAME or s3://NAME")
        .upTo(256)
        .required()
        .taught("target S3 bucket", "s3://my-bucket")
        .inHeader("Bucket");
  }

  /// The bucket that holds packages.
  public static Parameter registry() {
    return Parameter.text(
            "registry",
            "Bucket that holds the package, as NAME or s3://NAME, for example s3://my-bucket")
        .upTo(256)
        .required()
        .taught("target S3 bucket", "s3://my-bucket");
  }

  /// An object.
  public static Parameter s3Uri() {
    return Parameter.text(
            "s3_uri",
            "Object, as s3://BUCKET/KEY; the key is taken literally, only a final ?versionId= is special")
        .upTo(3_000)
        .required()
        .taught("the object", "s3://my-bucket/data/file.csv");
  }

  /// Several objects.
  ///
  /// @param maxItems most
  public static Parameter s3Uris(int maxItems) {
    return Parameter.texts(
            "s3_uris",
            maxItems,
            "Objects, each as s3://BUCKET/KEY; the key is taken literally, only a final ?versionId= is special")
        .holding("S3 URIs")
        .taught("the objects", "['s3://my-bucket/data/file.csv']");
  }

  /// A package.
  public static Parameter packageName() {
    return packageName("package_name", "Package, as NAMESPACE/NAME");
  }

  /// A revision of that package.
  public static Parameter revision() {
    return Parameter.text(
            "top_hash",
            "Revision: a top hash, its first 6 or more digits, or a tag; the latest when left out")
        .upTo(255);
  }

  /// A package under another name than usual.
  ///
  /// @param name on the wire
  /// @param description for models
  /// @return the parameter
  public static Parameter packageName(String name, String description) {
    return Parameter.text(name, description)
        .upTo(512)
        .matching(PACKAGE_NAME, "NAMESPACE/NAME")
        .required()
        .taught("the package", "team/data");
  }

  /// A package that may be left out.
  ///
  /// @param description for models
  /// @return the parameter
  public static Parameter packageNameIfAny(String description) {
    return Parameter.text("package_name", description)
        .upTo(512)
        .matching("(?:" + PACKAGE_NAME + ")?", "NAMESPACE/NAME");
  }
}
