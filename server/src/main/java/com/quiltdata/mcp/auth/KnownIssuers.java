package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;

/// The catalog and an OAuth issuer side by side. Thread-safe.
///
/// The `alg` of a token chooses who looks at it, and each of the two knows its own algorithms and
/// keys only: a token with `RS256` never meets the catalog's secret, one with `HS256` no public
/// key. Which issuer a token names counts after that, and only to whom looks at it.
public final class KnownIssuers implements TokenCheck {
  private final Optional<TokenVerifier> catalog;
  private final IssuerVerifier issuer;
  private final StrictJson json = new StrictJson(TokenVerifier.LIMITS);

  /// Both.
  ///
  /// @param catalog empty when tokens of the catalog are not accepted
  /// @param issuer the OAuth issuer
  public KnownIssuers(Optional<TokenVerifier> catalog, IssuerVerifier issuer) {
    this.catalog = catalog;
    this.issuer = issuer;
  }

  @Override
  public VerifiedToken verify(String token, TokenDigest digest) {
    CompactToken parts = CompactToken.parse(token, issuer.rules().token().maxTokenBytes(), json);
    return catalog.isEmpty() || IssuerAlgorithm.of(parts.algorithm()).isPresent()
        ? issuer.verify(parts, digest)
        : catalog.get().verify(parts, digest);
  }

  @Override
  public boolean trusts(VerifyingKey key) {
    return switch (key) {
      case SigningKey _ -> catalog.filter(one -> one.trusts(key)).isPresent();
      case IssuerKey known -> issuer.trusts(known);
    };
  }
}
