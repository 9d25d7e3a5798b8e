package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import java.util.Map;
import java.util.Optional;

/// What is known of a file, as that of an object.
final class FileInfo {
  private static final String STORAGE_CLASS = "STANDARD";

  private FileInfo() {}

  /// What listings give: the content type is that of the name, metadata are left out.
  static ObjectInfo brief(ObjectLocation location, Found file) {
    return of(location, file, Optional.empty(), Map.of());
  }

  /// Everything.
  static ObjectInfo whole(ObjectLocation location, Found file) {
    PutOptions kept = KeptOptions.read(file.real());
    return of(location, file, kept.contentType(), kept.metadata());
  }

  private static ObjectInfo of(
      ObjectLocation location,
      Found file,
      Optional<String> contentType,
      Map<String, String> metadata) {
    return new ObjectInfo(
        location,
        file.attributes().size(),
        file.attributes().lastModifiedTime().toInstant(),
        file.etag(),
        contentType.or(() -> Optional.of(MediaTypes.ofKey(location.key()))),
        STORAGE_CLASS,
        metadata);
  }
}
