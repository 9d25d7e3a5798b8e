package com.quiltdata.mcp.auth;

import java.time.Duration;

/// What a token has to be, whichever key signed it.
///
/// @param issuer what `iss` must be
/// @param audience what `aud` must hold
/// @param requireAudience whether a token without `aud` is refused
/// @param leeway how far clocks may differ, 60 s at most
/// @param maxTokenBytes tokens over this size are refused before they are looked at
public record TokenRules(
    String issuer, String audience, boolean requireAudience, Duration leeway, int maxTokenBytes) {
  static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

  private static final int HEADER_BLOCK_BYTES = 64 * 1_024;

  /// Checks the rules above.
  public TokenRules {
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("issuer and audience are not blank");
    }
    if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
      throw new IllegalArgumentException("the leeway is 0 to 60 seconds");
    }
    if (maxTokenBytes < 1 || maxTokenBytes > HEADER_BLOCK_BYTES) {
      throw new IllegalArgumentException("the token limit is 1 to 65,536 bytes");
    }
  }
}
