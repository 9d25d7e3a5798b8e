package com.quiltdata.mcp.auth;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// For whom a token was made, by whom, and for which service.
final class IdentityClaims {
  private IdentityClaims() {}

  /// The subject: `sub`, and `id` only where there is no `sub`.
  ///
  /// @throws RefusedToken when it is missing or not a text
  static String subject(JsonNode payload) {
    String claim = payload.has("sub") ? "sub" : "id";
    JsonNode subject = payload.path(claim);
    if (!subject.isString() || subject.stringValue().isBlank()) {
      throw RefusedToken.because(claim + " is not a non-empty string");
    }
    return subject.stringValue();
  }

  /// Checks `iss` and `aud`: what is present must be ours, what is absent is warned about.
  ///
  /// @throws RefusedToken when one is not ours, or `aud` is required and absent
  static void requireOurs(
      JsonNode payload, TokenRules rules, Consumer<TokenWarnings.Kind> warnings) {
    if (!payload.has("iss")) {
      warnings.accept(TokenWarnings.Kind.NO_ISSUER);
    } else if (!isText(payload.path("iss"), rules.issuer())) {
      throw RefusedToken.because("iss is another issuer");
    }
    if (payload.has("aud")) {
      requireAudience(payload.path("aud"), rules.audience());
    } else if (rules.requireAudience()) {
      throw RefusedToken.because("aud is missing");
    } else {
      warnings.accept(TokenWarnings.Kind.NO_AUDIENCE);
    }
  }

  /// Checks `iss` and `aud`: both are there and ours.
  ///
  /// @throws RefusedToken when one is not
  static void requireExactly(JsonNode payload, TokenRules rules) {
    if (!isText(payload.path("iss"), rules.issuer())) {
      throw RefusedToken.because(payload.has("iss") ? "iss is another issuer" : "iss is missing");
    }
    if (!payload.has("aud")) {
      throw RefusedToken.because("aud is missing");
    }
    requireAudience(payload.path("aud"), rules.audience());
  }

  private static void requireAudience(JsonNode claim, String audience) {
    if (isText(claim, audience)) {
      return;
    }
    if (claim.isArray()) {
      for (JsonNode entry : claim) {
        if (isText(entry, audience)) {
          return;
        }
      }
    }
    throw RefusedToken.because("aud is another service");
  }

  private static boolean isText(JsonNode node, String expected) {
    return node.isString() && node.stringValue().equals(expected);
  }
}
