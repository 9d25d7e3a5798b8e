package com.quiltdata.mcp.auth;

import java.util.Optional;

/// What the tokens of an OAuth issuer have to be, and what they open.
///
/// @param token its `iss`, and the `aud` that means this server; both are always required
/// @param scopes which scopes stand for which level
/// @param bucketsClaim the claim that lists buckets, if there is one
/// @param buckets what every token with a scope covers besides
public record IssuerRules(
    TokenRules token, ScopeNames scopes, Optional<String> bucketsClaim, BucketScope buckets) {
  /// Checks the rule above.
  public IssuerRules {
    if (!token.requireAudience()) {
      throw new IllegalArgumentException("a token of an issuer names its audience");
    }
  }
}
