package com.quiltdata.mcp.auth;

import java.util.List;
import java.util.Set;

/// Keys that are known beforehand, and what else the catalog's tokens are checked against.
///
/// @param keys the current key first, then the previous one while secrets are being rotated. Either
///   each has a key id, or none has one and `kid` is ignored; one key id may stand for two secrets
/// @param rules for `iss` and `aud`: what is present must be so
public record TokenConfig(List<SigningKey> keys, TokenRules rules) {
  /// Checks the rules above.
  public TokenConfig {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("at least one signing key is needed");
    }
    for (SigningKey key : keys) {
      if (key.keyId().isPresent() != keys.getFirst().keyId().isPresent()) {
        throw new IllegalArgumentException("give every signing key a key id, or none");
      }
    }
    if (Set.copyOf(keys).size() < keys.size()) {
      throw new IllegalArgumentException("two signing keys are the same");
    }
  }

  /// The documented defaults: issuer `quilt-frontend`, audience `quilt-mcp-server`, not required,
  /// 60 s of leeway, 16 KiB.
  ///
  /// @param keys the current key first
  /// @return the configuration
  public static TokenConfig of(SigningKey... keys) {
    return new TokenConfig(
        List.of(keys),
        new TokenRules(
            "quilt-frontend", "quilt-mcp-server", false, TokenRules.MAX_LEEWAY, 16 * 1_024));
  }
}
