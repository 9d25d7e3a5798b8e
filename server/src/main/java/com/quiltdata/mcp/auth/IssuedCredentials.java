package com.quiltdata.mcp.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the registry gives for a token.
///
/// @param credentials of the token's user
/// @param expiresAt their end
public record IssuedCredentials(ClaimedCredentials credentials, Instant expiresAt) {
  /// Reads the answer of `api/auth/get_credentials`: `AccessKeyId`, `SecretAccessKey`,
  /// `SessionToken`, `Expiration` in ISO 8601.
  ///
  /// @param answer any JSON
  /// @return empty when something is missing
  public static Optional<IssuedCredentials> of(JsonNode answer) {
    Optional<ClaimedCredentials> credentials =
        ClaimedCredentials.of(answer).filter(given -> given.sessionToken().isPresent());
    JsonNode end = answer.path("Expiration");
    if (credentials.isEmpty() || !end.isString()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new IssuedCredentials(
              credentials.get(), OffsetDateTime.parse(end.stringValue()).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
