package com.quiltdata.mcp.tools;

import java.util.Locale;

/// Sizes for people, as `1.0 KB`.
public final class Sizes {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Sizes() {}

  /// A size in the unit that suits it.
  ///
  /// @param bytes how many
  /// @return one digit behind the point, but for bytes
  public static String human(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1_024 && unit < UNITS.length - 1) {
      value /= 1_024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
