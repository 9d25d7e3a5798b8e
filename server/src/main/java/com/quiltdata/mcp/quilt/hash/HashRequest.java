package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.storage.ObjectLocation;

/// An object that is to be hashed.
///
/// @param subject what the caller knows it by, for example the path of an entry
/// @param location where the bytes are; without a version the current one
/// @param sizeBytes how many there have to be
/// @param kind how they are hashed
public record HashRequest<T>(T subject, ObjectLocation location, long sizeBytes, HashKind kind) {

  /// Checks the size.
  public HashRequest {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
  }
}
