package com.quiltdata.mcp.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The header and the signature of a token. Thread-safe.
///
/// The header only ever selects among the configured keys, by equality; `jwk`, `jku`, `x5u` and the
/// like are not looked at.
final class SignatureCheck {
  private final List<Candidate> candidates = new ArrayList<>();

  SignatureCheck(TokenConfig config) {
    config
        .keys()
        .forEach(key -> candidates.add(new Candidate(key.keyId(), HmacKey.of(key.secret()))));
  }

  /// Checks header and signature.
  ///
  /// @return the id of the key that made the signature, empty when none is configured
  /// @throws RefusedToken when one of them does not hold
  String verify(CompactToken token) {
    JsonNode header = token.header();
    if (!header.path("alg").isString() || !header.path("alg").stringValue().equals("HS256")) {
      throw RefusedToken.because("alg is not HS256");
    }
    for (String extension : List.of("crit", "zip", "b64")) {
      if (header.has(extension)) {
        throw RefusedToken.because(extension + " is not supported");
      }
    }
    boolean isKeyKnown = false;
    for (Candidate candidate : candidates) {
      if (candidate.isMeantBy(header.path("kid"))) {
        isKeyKnown = true;
        if (candidate.key().verifies(token.signed(), token.signature())) {
          return candidate.keyId().orElse("");
        }
      }
    }
    throw RefusedToken.because(isKeyKnown ? "the signature does not hold" : "kid is not known");
  }

  private record Candidate(Optional<String> keyId, HmacKey key) {
    boolean isMeantBy(JsonNode kid) {
      return keyId.isEmpty() || (kid.isString() && keyId.get().equals(kid.stringValue()));
    }
  }
}
