package com.quiltdata.mcp.quilt.manifest;

/// How much of a manifest is read before it counts as too large.
///
/// @param lineBytes length of one line without its end
/// @param lines all lines, the header included
/// @param bytes all of the file
public record ManifestLimits(int lineBytes, int lines, long bytes) {
  /// 1 MiB a line, 2,000,000 lines, 1 GiB. Writers keep lines to 1,000,000 bytes.
  public static final ManifestLimits DEFAULT = new ManifestLimits(1 << 20, 2_000_000, 1L << 30);

  /// Checks that every bound is positive.
  public ManifestLimits {
    if (lineBytes < 1 || lines < 1 || bytes < 1) {
      throw new IllegalArgumentException("limits of a manifest are positive numbers");
    }
  }
}
