package com.quiltdata.mcp.quilt.check;

/// How closely a package is looked at.
public enum CheckDepth {
  /// The manifest alone.
  MANIFEST,
  /// And whether each object is there, with its size.
  OBJECTS,
  /// And whether the bytes of each are those that were hashed, for which all of them are read.
  BYTES
}
