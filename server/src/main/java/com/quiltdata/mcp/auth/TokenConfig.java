package com.quiltdata.mcp.auth;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a token is checked against.
///
/// @param keys the current key first, then the previous one while secrets are being rotated. Either
///   each has its own key id, or none has one and `kid` is ignored
/// @param issuer what `iss` must be when it is present
/// @param audience what `aud` must hold when it is present
/// @param requireAudience whether a token without `aud` is refused
/// @param leeway how far clocks may differ, 60 s at most
/// @param maxTokenBytes tokens over this size are refused before they are looked at
public record TokenConfig(
    List<SigningKey> keys,
    String issuer,
    String audience,
    boolean requireAudience,
    Duration leeway,
    int maxTokenBytes) {

  private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);
  private static final int HEADER_BLOCK_BYTES = 64 * 1_024;

  /// Checks the rules above.
  public TokenConfig {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("at least one signing key is needed");
    }
    Set<String> keyIds = new HashSet<>();
    for (SigningKey key : keys) {
      if (key.keyId().isPresent() != keys.getFirst().keyId().isPresent()) {
        throw new IllegalArgumentException("give every signing key a key id, or none");
      }
      if (key.keyId().isPresent() && !keyIds.add(key.keyId().get())) {
        throw new IllegalArgumentException("two signing keys have the same key id");
      }
    }
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

  /// The documented defaults: issuer `quilt-frontend`, audience `quilt-mcp-server`, not required,
  /// 60 s of leeway, 16 KiB.
  ///
  /// @param keys the current key first
  /// @return the configuration
  public static TokenConfig of(SigningKey... keys) {
    return new TokenConfig(
        List.of(keys), "quilt-frontend", "quilt-mcp-server", false, MAX_LEEWAY, 16 * 1_024);
  }
}
