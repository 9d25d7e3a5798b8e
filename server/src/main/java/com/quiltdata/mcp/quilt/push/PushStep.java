package com.quiltdata.mcp.quilt.push;

/// The steps of a push that take time, in their order. Nothing is written before [#COPY].
public enum PushStep {
  /// New objects are looked up.
  LOOK,
  /// Their bytes are hashed, where no hash is known.
  HASH,
  /// Bytes are copied to where they stay, and read back.
  COPY,
  /// The manifest is written.
  MANIFEST
}
