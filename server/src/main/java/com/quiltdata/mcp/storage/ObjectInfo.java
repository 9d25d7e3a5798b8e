package com.quiltdata.mcp.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a store knows of an object without reading it.
///
/// @param location where it is; the version is present when the store keeps versions
/// @param sizeBytes its length
/// @param lastModified when it was written
/// @param etag changes when the content changes; without quotes
/// @param contentType the media type it was stored with, or one derived from its name
/// @param storageClass as S3 names it, `STANDARD` when nothing else is known
/// @param metadata user metadata, lower-case names
public record ObjectInfo(
    ObjectLocation location,
    long sizeBytes,
    Instant lastModified,
    String etag,
    Optional<String> contentType,
    String storageClass,
    Map<String, String> metadata) {

  /// Copies the metadata.
  public ObjectInfo {
    metadata = Map.copyOf(metadata);
  }
}
