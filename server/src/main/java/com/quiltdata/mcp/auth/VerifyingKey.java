package com.quiltdata.mcp.auth;

/// What a signature was checked with. Two are equal when they check the same signatures.
sealed interface VerifyingKey permits SigningKey, IssuerKey {
  /// The name under which tokens refer to it, empty when they do not have to.
  String id();
}
