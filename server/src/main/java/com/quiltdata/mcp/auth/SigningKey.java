package com.quiltdata.mcp.auth;

import java.util.Optional;

/// A secret and the name under which tokens refer to it.
///
/// @param keyId the `kid` that a token must carry, empty when `kid` plays no part
/// @param secret the secret
public record SigningKey(Optional<String> keyId, SigningSecret secret) implements VerifyingKey {
  /// Checks that a key without a name says so by being empty, and that there is a secret.
  public SigningKey {
    if (keyId.isPresent() && keyId.get().isBlank()) {
      throw new IllegalArgumentException("a key id is not blank");
    }
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("a signing key needs a secret");
    }
  }

  /// A key from two settings.
  ///
  /// @param keyId the `kid`, empty for none
  /// @param secret the secret
  /// @return the key
  public static SigningKey of(String keyId, String secret) {
    return new SigningKey(
        keyId.isEmpty() ? Optional.empty() : Optional.of(keyId), SigningSecret.of(secret));
  }

  @Override
  public String id() {
    return keyId.orElse("");
  }
}
