package com.quiltdata.mcp.tool;

import java.time.Duration;

/// How much one call of a tool gives.
///
/// @param resultBytes of its result as JSON text, contents of objects left out
/// @param readBytes of the contents of an object
/// @param linkLife of a link for which the caller names no life
/// @param longestLink the longest life of any link
public record ToolLimits(long resultBytes, int readBytes, Duration linkLife, Duration longestLink) {
  /// The documented values.
  public static ToolLimits defaults() {
    return new ToolLimits(1 << 20, 10 << 20, Duration.ofHours(1), Duration.ofDays(7));
  }

  /// The life of a link.
  ///
  /// @param asked by the caller
  /// @return as long, or the longest
  public Duration life(Duration asked) {
    return asked.compareTo(longestLink) < 0 ? asked : longestLink;
  }

  /// The life of a link for which the caller names none.
  public Duration life() {
    return life(linkLife);
  }
}
