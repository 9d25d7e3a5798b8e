package com.quiltdata.mcp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of a token: stands for the token where the token itself must not be kept, as in the
/// keys of caches. It prints as `***`.
///
/// @param hex 64 hex digits
public record TokenDigest(String hex) {
  private static final int LOG_DIGITS = 8;

  /// The digest of a token.
  ///
  /// @param token its text
  /// @return the digest
  public static TokenDigest of(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(token.getBytes(StandardCharsets.UTF_8));
      return new TokenDigest(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Enough to find a token's lines in a log, too little to be a key.
  public String forLogs() {
    return hex.substring(0, LOG_DIGITS);
  }

  @Override
  public String toString() {
    return "***";
  }
}
