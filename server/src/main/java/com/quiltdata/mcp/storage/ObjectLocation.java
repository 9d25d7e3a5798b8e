package com.quiltdata.mcp.storage;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where an object is: bucket, key and, if one is meant, version.
///
/// The literal form is `s3://BUCKET/KEY` or `s3://BUCKET/KEY?versionId=VERSION`. The key stands
/// there byte for byte, nothing is percent-decoded, and only a final `?versionId=` has a meaning.
///
/// @param bucket the bucket
/// @param key 1 to 1,024 bytes of UTF-8, any characters
/// @param versionId the version, if one is meant
public record ObjectLocation(BucketName bucket, String key, Optional<String> versionId) {
  private static final String SCHEME = "s3://";
  private static final String VERSION = "?versionId=";
  private static final int MAX_KEY_BYTES = 1_024;
  private static final int MAX_VERSION_CHARS = 1_024;

  /// Checks key and version.
  ///
  /// @throws Fault [FaultCode#INVALID_S3_URI]
  public ObjectLocation {
    if (key.isEmpty()) {
      throw invalid("the key of an object is missing, write s3://%s/KEY".formatted(bucket));
    }
    if (!isKey(key)) {
      throw invalid(
          "the key is longer than %d bytes, or half of a character".formatted(MAX_KEY_BYTES));
    }
    versionId.ifPresent(version -> {
      if (version.isEmpty()
          || version.length() > MAX_VERSION_CHARS
          || version.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
        throw invalid("a version id is 1 to 1,024 printable ASCII characters");
      }
    });
  }

  /// The current version of an object.
  ///
  /// @param bucket the bucket
  /// @param key the key
  /// @return its location
  public static ObjectLocation of(BucketName bucket, String key) {
    return new ObjectLocation(bucket, key, Optional.empty());
  }

  /// Whether a text can be the key of an object: 1 to 1,024 bytes in UTF-8.
  ///
  /// @param text any text
  /// @return true when it can
  public static boolean isKey(String text) {
    if (text.isEmpty() || text.length() > MAX_KEY_BYTES) {
      return false;
    }
    try {
      // Half of a surrogate pair has no UTF-8 form.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return bytes.remaining() <= MAX_KEY_BYTES;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// Reads the literal form.
  ///
  /// @param text `s3://BUCKET/KEY`, perhaps with `?versionId=VERSION` at the end
  /// @return the location
  /// @throws Fault [FaultCode#INVALID_S3_URI], also when it is the bucket's name that is wrong
  public static ObjectLocation parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw invalid("%s does not begin with s3://".formatted(Quoted.of(text)));
    }
    int slash = text.indexOf('/', SCHEME.length());
    if (slash < 0) {
      throw invalid("%s names no object, write s3://BUCKET/KEY".formatted(Quoted.of(text)));
    }
    String name = text.substring(SCHEME.length(), slash);
    if (!BucketName.isValid(name)) {
      throw invalid("%s is no name of a bucket".formatted(Quoted.of(name)));
    }
    BucketName bucket = new BucketName(name);
    String key = text.substring(slash + 1);
    int version = key.lastIndexOf(VERSION);
    if (version < 0) {
      return of(bucket, key);
    }
    if (key.indexOf(VERSION) != version || key.indexOf('&', version) >= 0) {
      throw invalid(
          "more than one versionId stands behind the key in %s".formatted(Quoted.of(text)));
    }
    return new ObjectLocation(
        bucket, key.substring(0, version), Optional.of(key.substring(version + VERSION.length())));
  }

  /// The literal form, which [#parse] reads back.
  public String uri() {
    return SCHEME + bucket + "/" + key + versionId.map(VERSION::concat).orElse("");
  }

  /// The current version of the same object.
  public ObjectLocation withoutVersion() {
    return of(bucket, key);
  }

  /// The same object in a given version.
  ///
  /// @param version its id
  /// @return the location
  public ObjectLocation withVersion(String version) {
    return new ObjectLocation(bucket, key, Optional.of(version));
  }

  private static Fault invalid(String reason) {
    return new Fault(FaultCode.INVALID_S3_URI, "Invalid S3 URI: " + reason);
  }

  @Override
  public String toString() {
    return uri();
  }
}
