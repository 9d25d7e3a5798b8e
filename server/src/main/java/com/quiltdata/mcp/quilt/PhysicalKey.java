package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Where the bytes of an entry are: the URI in a manifest, percent-decoded once.
///
/// Not to be mixed up with the literal `s3://` form of [ObjectLocation], which decodes nothing.
public sealed interface PhysicalKey {

  /// An object in a bucket.
  ///
  /// @param bucket its name as it stands there; old buckets break today's naming rules
  /// @param key may be empty, which names the bucket itself
  /// @param versionId the pinned version; `null` is a real one, of suspended versioning
  record S3Object(String bucket, String key, Optional<String> versionId) implements PhysicalKey {
    @Override
    public String format() {
      return "s3://%s/%s%s"
          .formatted(
              bucket,
              PercentCoding.encode(key, "/"),
              versionId.map(id -> "?versionId=" + PercentCoding.encodeForm(id)).orElse(""));
    }

    @Override
    public Optional<ObjectLocation> locate(ObjectStore store) {
      return Optional.of(new ObjectLocation(new BucketName(bucket), key, versionId));
    }
  }

  /// A file of the host that wrote the manifest.
  ///
  /// @param path absolute, begins with a slash
  record LocalFile(String path) implements PhysicalKey {
    @Override
    public String format() {
      return "file://" + PercentCoding.encode(path, "/");
    }

    @Override
    public Optional<ObjectLocation> locate(ObjectStore store) {
      try {
        return store.locate(Path.of(path));
      } catch (InvalidPathException notOfThisHost) {
        return Optional.empty();
      }
    }
  }

  /// The URI as the official client writes it.
  String format();

  /// The stored object that this key names.
  ///
  /// @param store where it would be
  /// @return its location, or empty when the key is a file outside the store
  /// @throws Fault [FaultCode#INVALID_BUCKET] or [FaultCode#INVALID_S3_URI] when no store could
  ///   hold such an object
  Optional<ObjectLocation> locate(ObjectStore store);

  /// The key of a stored object.
  ///
  /// @param location where it is
  /// @return the key, with the version if the location has one
  static PhysicalKey of(ObjectLocation location) {
    return new S3Object(location.bucket().value(), location.key(), location.versionId());
  }

  /// Reads a URI of a manifest.
  ///
  /// @param uri `s3://...` or `file:///...`, percent-encoded
  /// @return the key
  /// @throws Fault [FaultCode#UNSUPPORTED_SCHEME] or [FaultCode#INVALID_S3_URI]
  static PhysicalKey parse(String uri) {
    int colon = uri.indexOf(':');
    String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
    UriParts parts = UriParts.parse(uri.substring(colon + 1));
    return switch (scheme) {
      case "s3" -> s3(parts);
      case "file" -> file(parts);
      default ->
          throw new Fault(FaultCode.UNSUPPORTED_SCHEME, "Unexpected scheme: " + Quoted.of(scheme));
    };
  }

  private static PhysicalKey s3(UriParts parts) {
    if (parts.host().isEmpty()) {
      throw invalid("Missing bucket");
    }
    String path = PercentCoding.decode(parts.path());
    return new S3Object(
        parts.host(), path.startsWith("/") ? path.substring(1) : path, versionId(parts.query()));
  }

  private static Optional<String> versionId(String query) {
    Optional<String> version = Optional.empty();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      boolean isVersion = equals >= 0 && parameter.substring(0, equals).equals("versionId");
      if (!parameter.isEmpty() && (!isVersion || version.isPresent())) {
        throw invalid("Unexpected S3 query string: " + Quoted.of(query));
      }
      if (isVersion && equals + 1 < parameter.length()) {
        version = Optional.of(PercentCoding.decodeForm(parameter.substring(equals + 1)));
      }
    }
    return version;
  }

  private static PhysicalKey file(UriParts parts) {
    if (!parts.host().isEmpty() && !parts.host().equals("localhost")) {
      throw invalid("Unexpected hostname");
    }
    if (!parts.query().isEmpty()) {
      throw invalid("Unexpected query string in a file URI");
    }
    if (!parts.path().startsWith("/")) {
      throw invalid("Relative paths are not allowed");
    }
    return new LocalFile(PercentCoding.decode(parts.path()));
  }

  private static Fault invalid(String reason) {
    return new Fault(FaultCode.INVALID_S3_URI, reason);
  }
}
