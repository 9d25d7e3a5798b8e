package com.quiltdata.mcp.auth;

/// Checks tokens. Thread-safe.
interface TokenCheck {
  /// Checks a token, all but its expiry.
  ///
  /// @param token without `Bearer`
  /// @param digest of the token
  /// @throws RefusedToken when a check fails, or none can be made
  VerifiedToken verify(String token, TokenDigest digest);

  /// Whether what a key verified before still counts.
  boolean trusts(VerifyingKey key);
}
