package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.TokenConfig;
import java.util.Optional;

/// Which tokens are accepted; all empty when none is needed.
///
/// @param known the catalog's, by keys from the settings
/// @param kept the catalog's, by keys that AWS keeps; empty when `known` is not
/// @param issuer those of an OAuth issuer, besides or alone
public record AcceptedTokens(
    Optional<TokenConfig> known, Optional<KeptKeysSetup> kept, Optional<IssuerSetup> issuer) {
  /// No tokens.
  static final AcceptedTokens NONE =
      new AcceptedTokens(Optional.empty(), Optional.empty(), Optional.empty());

  /// Whether there are none.
  public boolean isEmpty() {
    return known.isEmpty() && kept.isEmpty() && issuer.isEmpty();
  }
}
