package com.quiltdata.mcp.auth;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The header and the signature of a token of the catalog. Thread-safe.
///
/// The header only ever selects among the configured keys, by equality; `jwk`, `jku`, `x5u` and the
/// like are not looked at.
final class SignatureCheck {
  private final List<SigningKey> keys;
  private final List<Candidate> candidates;

  SignatureCheck(List<SigningKey> keys) {
    this.keys = keys;
    this.candidates =
        keys.stream().map(key -> new Candidate(key, HmacKey.of(key.secret()))).toList();
  }

  /// The keys it knows.
  List<SigningKey> keys() {
    return keys;
  }

  /// Checks header and signature.
  ///
  /// @return the key that made the signature
  /// @throws RefusedToken when one of them does not hold
  SigningKey verify(CompactToken token) {
    JsonNode header = token.header();
    if (!token.algorithm().equals("HS256")) {
      throw RefusedToken.because("alg is not HS256");
    }
    token.requirePlain();
    boolean isKeyKnown = false;
    for (Candidate candidate : candidates) {
      if (candidate.isMeantBy(header.path("kid"))) {
        isKeyKnown = true;
        if (candidate.hmac().verifies(token.signed(), token.signature())) {
          return candidate.key();
        }
      }
    }
    throw RefusedToken.because(isKeyKnown ? "the signature does not hold" : "kid is not known");
  }

  private record Candidate(SigningKey key, HmacKey hmac) {
    boolean isMeantBy(JsonNode kid) {
      return key.keyId().isEmpty() || (kid.isString() && key.id().equals(kid.stringValue()));
    }
  }
}
