package com.quiltdata.mcp.auth;

import java.util.Optional;

/// The `level` claim, lowest first.
public enum Level {
  /// A level that is not known: the lowest.
  NONE,
  /// `read`, and what a token without the claim has.
  READ,
  /// `write`.
  WRITE,
  /// `admin`.
  ADMIN;

  /// Reads the claim.
  ///
  /// @param text `read`, `write` or `admin`, exactly
  /// @return the level, or empty for anything else
  static Optional<Level> of(String text) {
    return switch (text) {
      case "read" -> Optional.of(READ);
      case "write" -> Optional.of(WRITE);
      case "admin" -> Optional.of(ADMIN);
      default -> Optional.empty();
    };
  }
}
