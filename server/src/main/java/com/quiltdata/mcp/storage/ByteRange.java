package com.quiltdata.mcp.storage;

/// Which bytes of an object to read.
///
/// @param offset first byte, from 0
/// @param length at most so many bytes; [Long#MAX_VALUE] for all
public record ByteRange(long offset, long length) {
  /// The whole object.
  public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

  /// Checks that neither number is negative.
  public ByteRange {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset and length of a range are not negative");
    }
  }

  /// The first bytes of an object.
  ///
  /// @param length at most so many
  /// @return the range
  public static ByteRange first(long length) {
    return new ByteRange(0, length);
  }
}
