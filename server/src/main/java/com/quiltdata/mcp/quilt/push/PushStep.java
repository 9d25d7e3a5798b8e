package com.quiltdata.mcp.quilt.push;

/// The steps of a push that take time, in their order.
public enum PushStep {
  /// New objects are looked up.
  LOOK,
  /// Bytes are hashed and, where they must be, copied.
  OBJECTS,
  /// The manifest is hashed and written.
  MANIFEST
}
