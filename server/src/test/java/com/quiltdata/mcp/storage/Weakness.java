package com.quiltdata.mcp.storage;

/// What a stand-in for S3 does otherwise than S3. Tests of the contract leave out what it spoils.
public enum Weakness {
  /// Keys are in the order of UTF-16 units.
  ORDER,
  /// Delimiters cut at some keys only, and pages that they cut are longer than asked for.
  DELIMITERS,
  /// Of several writers under one condition more than one may win.
  RACES,
  /// Readers may see the bytes of one write with the size of another.
  TORN_READS,
  /// A version that is none removes the object.
  NO_VERSION,
  /// A delete marker counts as an object, and versions cannot be removed.
  REMOVED_VERSIONS,
  /// An object is gone when one of several parts was refused in its place.
  REFUSED_PARTS
}
