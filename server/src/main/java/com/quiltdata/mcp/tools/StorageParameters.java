package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.tool.Parameter;

/// The parameters by which tools name storage. Authorization finds buckets by these names, so no
/// tool may call them anything else.
public final class StorageParameters {
  private StorageParameters() {}

  /// The bucket of a listing.
  public static Parameter bucket() {
    return Parameter.text("bucket", "Bucket, as NAME or s3://NAME")
        .upTo(256)
        .required()
        .inHeader("Bucket");
  }

  /// The bucket that holds packages.
  public static Parameter registry() {
    return Parameter.text(
            "registry",
            "Bucket that holds the package, as NAME or s3://NAME, for example s3://my-bucket")
        .upTo(256)
        .required();
  }

  /// An object.
  public static Parameter s3Uri() {
    return Parameter.text(
            "s3_uri",
            "Object, as s3://BUCKET/KEY; the key is taken literally, only a final ?versionId= is special")
        .upTo(3_000)
        .required();
  }

  /// A package.
  public static Parameter packageName() {
    return Parameter.text("package_name", "Package, as NAMESPACE/NAME").upTo(512).required();
  }
}
