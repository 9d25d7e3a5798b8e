package com.quiltdata.mcp.storage;

import java.util.Map;
import java.util.Optional;

/// How to store an object.
///
/// @param contentType media type
/// @param metadata user metadata, lower-case names
public record PutOptions(Optional<String> contentType, Map<String, String> metadata) {
  /// Nothing but the bytes.
  public static final PutOptions NONE = new PutOptions(Optional.empty(), Map.of());

  /// Copies the metadata.
  public PutOptions {
    metadata = Map.copyOf(metadata);
  }
}
