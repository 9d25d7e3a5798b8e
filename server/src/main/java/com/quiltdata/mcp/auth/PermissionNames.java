package com.quiltdata.mcp.auth;

import java.util.HashMap;
import java.util.Map;

/// The abbreviations of the short permission claim `p`.
final class PermissionNames {
  private static final Map<String, String> FULL =
      Map.of(
          "g", "s3:GetObject",
          "p", "s3:PutObject",
          "d", "s3:DeleteObject",
          "l", "s3:ListBucket",
          "la", "s3:ListAllMyBuckets",
          "gv", "s3:GetObjectVersion",
          "pa", "s3:PutObjectAcl",
          "amu", "s3:AbortMultipartUpload");
  private static final Map<String, String> SHORT = inverse();

  private PermissionNames() {}

  /// The full name; anything that is no abbreviation is its own full name.
  static String full(String name) {
    return FULL.getOrDefault(name, name);
  }

  /// The abbreviation, or the name itself where there is none.
  static String abbreviated(String name) {
    return SHORT.getOrDefault(name, name);
  }

  private static Map<String, String> inverse() {
    Map<String, String> inverse = new HashMap<>();
    FULL.forEach((shortName, fullName) -> inverse.put(fullName, shortName));
    return Map.copyOf(inverse);
  }
}
