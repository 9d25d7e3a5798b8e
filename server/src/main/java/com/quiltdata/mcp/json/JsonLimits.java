package com.quiltdata.mcp.json;

/// Bounds on one JSON text.
///
/// @param maxDepth nested objects and arrays
/// @param maxValues values in all, containers included
/// @param maxNumberChars length of one number's text
/// @param maxNameChars length of one member name
public record JsonLimits(int maxDepth, int maxValues, int maxNumberChars, int maxNameChars) {

  /// The limits of a request.
  public static final JsonLimits DEFAULT = new JsonLimits(64, 100_000, 100, 256);

  /// Checks that every bound is positive.
  public JsonLimits {
    if (maxDepth < 1 || maxValues < 1 || maxNumberChars < 1 || maxNameChars < 1) {
      throw new IllegalArgumentException("JSON limits are positive numbers");
    }
  }
}
