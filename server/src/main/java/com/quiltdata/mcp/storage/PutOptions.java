package com.quiltdata.mcp.storage;

import java.util.Map;
import java.util.Optional;

/// How to store an object.
///
/// @param contentType media type
/// @param metadata user metadata, lower-case names
/// @param precondition what must hold for the write to happen
public record PutOptions(
    Optional<String> contentType, Map<String, String> metadata, Precondition precondition) {
  /// Nothing but the bytes.
  public static final PutOptions NONE = new PutOptions(Optional.empty(), Map.of());

  /// Copies the metadata.
  public PutOptions {
    metadata = Map.copyOf(metadata);
  }

  /// Options of a write that always happens.
  ///
  /// @param contentType media type
  /// @param metadata user metadata, lower-case names
  public PutOptions(Optional<String> contentType, Map<String, String> metadata) {
    this(contentType, metadata, Precondition.NONE);
  }

  /// A media type and nothing else.
  ///
  /// @param contentType media type
  /// @return the options
  public static PutOptions ofType(String contentType) {
    return new PutOptions(Optional.of(contentType), Map.of());
  }

  /// The same, for a write that happens under a condition only.
  ///
  /// @param condition what must hold
  /// @return the options
  public PutOptions when(Precondition condition) {
    return new PutOptions(contentType, metadata, condition);
  }
}
