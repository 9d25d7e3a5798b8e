package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a registry keeps what, in version 1 of the layout, which is the one that everybody uses.
public final class RegistryLayout {
  /// Below it: `NAMESPACE/NAME/POINTER`.
  static final String POINTERS = ".quilt/named_packages/";

  /// Below it: manifests, named by their top hashes.
  static final String MANIFESTS = ".quilt/packages/";

  /// Below it: bytes that nobody writes twice, as `SHA-256/NAME`. An addition of this program.
  private static final String OBJECTS = ".quilt/objects/";

  private static final Pattern STABLE = Pattern.compile(Pattern.quote(OBJECTS) + "[0-9a-f]{64}/.+");
  private static final int DIGITS = 64;
  private static final int MAX_NAME_CHARS = 64;
  private static final String PLAIN_NAME = "object";

  private RegistryLayout() {}

  static String pointers(PackageName name) {
    return POINTERS + name + "/";
  }

  /// The object that a pointer is.
  ///
  /// @param bucket the registry
  /// @param name the package
  /// @param pointer `latest`, Unix seconds, or a tag
  /// @return its location
  public static ObjectLocation pointer(BucketName bucket, PackageName name, String pointer) {
    return ObjectLocation.of(bucket, pointers(name) + pointer);
  }

  /// The object that a manifest is.
  ///
  /// @param bucket the registry
  /// @param hash the revision
  /// @return its location
  public static ObjectLocation manifest(BucketName bucket, TopHash hash) {
    return ObjectLocation.of(bucket, MANIFESTS + hash);
  }

  /// Where a push copies a file of a package: `NAMESPACE/NAME/LOGICAL KEY`.
  ///
  /// @param bucket the registry
  /// @param name the package
  /// @param key the file
  /// @return the place, or empty when that makes too long a key
  public static Optional<ObjectLocation> object(
      BucketName bucket, PackageName name, LogicalKey key) {
    String path = name + "/" + key;
    return ObjectLocation.isKey(path)
        ? Optional.of(ObjectLocation.of(bucket, path))
        : Optional.empty();
  }

  /// The place of bytes that is named by what they are: `.quilt/objects/DIGITS/FILE NAME`.
  ///
  /// @param bucket the registry
  /// @param digits 64 lower-case hexadecimal digits of the chunked hash; more may follow behind a
  ///   slash
  /// @param key gives the name, which is of no importance but to people; a long one is left out
  /// @return the place
  public static ObjectLocation stable(BucketName bucket, String digits, LogicalKey key) {
    String name = key.name().length() > MAX_NAME_CHARS ? PLAIN_NAME : key.name();
    return ObjectLocation.of(bucket, OBJECTS + digits + "/" + name);
  }

  /// What bytes are in such a place, by its name.
  ///
  /// @param key of an object
  /// @return 64 digits, or empty when it is no such place
  public static Optional<String> digits(String key) {
    return isStable(key)
        ? Optional.of(key.substring(OBJECTS.length(), OBJECTS.length() + DIGITS))
        : Optional.empty();
  }

  /// Whether a key is such a place.
  ///
  /// @param key of an object
  /// @return true when nobody writes there twice
  public static boolean isStable(String key) {
    return STABLE.matcher(key).matches();
  }
}
