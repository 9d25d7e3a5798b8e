package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A token that looks like the catalog's own: its payload says `id`, `uuid` and `exp` and nothing
/// else. Nobody here can verify it, so nothing of it counts before its issuer has taken it.
///
/// @param subject `id`
/// @param expiresAt `exp`
record PlainToken(String subject, Instant expiresAt) {
  private static final Set<String> MEMBERS = Set.of("id", "uuid", "exp");
  private static final int MAX_BYTES = 16 * 1_024;
  private static final StrictJson JSON = new StrictJson(new JsonLimits(4, 64, 20, 64));

  /// Reads a token.
  ///
  /// @return empty when it is another kind of token, or none
  static Optional<PlainToken> of(String token) {
    try {
      JsonNode payload = CompactToken.parse(token, MAX_BYTES, JSON).payload();
      if (!Set.copyOf(payload.propertyNames()).equals(MEMBERS)
          || !payload.path("uuid").isString()) {
        return Optional.empty();
      }
      return Optional.of(
          new PlainToken(
              IdentityClaims.subject(payload), TokenTimes.of(payload, Duration.ZERO).expiresAt()));
    } catch (RefusedToken e) {
      return Optional.empty();
    }
  }
}
