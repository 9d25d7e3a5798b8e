package com.quiltdata.mcp.auth;

import io.helidon.security.jwt.jwk.JwkOctet;
import jakarta.json.Json;

/// HMAC-SHA-256 with one secret, by Helidon's octet JWK. Thread-safe.
///
/// Helidon's key is strict where it matters (algorithm fixed by the key, comparison in constant
/// time); its `SignedJwt` is not used, for it takes padded and non-canonical base64url and repeats
/// the token in its exceptions.
final class HmacKey {
  private static final int SIGNATURE_BYTES = 32;

  private final JwkOctet jwk;

  private HmacKey(JwkOctet jwk) {
    this.jwk = jwk;
  }

  /// Helidon demands a key id and does not compare it here: [SignatureCheck] does.
  static HmacKey of(SigningSecret secret) {
    return new HmacKey(
        JwkOctet.create(
            Json.createObjectBuilder()
                .add("kty", "oct")
                .add("kid", "hs256")
                .add("alg", JwkOctet.ALG_HS256)
                .add(JwkOctet.PARAM_OCTET_KEY, Base64Url.encode(secret.bytes()))
                .build()));
  }

  /// Whether this key made a signature, compared in constant time.
  boolean verifies(byte[] signed, byte[] signature) {
    return signature.length == SIGNATURE_BYTES && jwk.verifySignature(signed, signature);
  }

  byte[] sign(byte[] bytes) {
    return jwk.sign(bytes);
  }
}
