package com.quiltdata.mcp.auth;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One key of a set, RFC 7517: an RSA key of 2,048 to 8,192 bits for RS256, or one of the curve
/// P-256 for ES256, which has a name and is meant for signatures. Any other is none for us, and so
/// is one that shows its private half.
final class PublicJwk {
  private static final int MIN_BITS = 2_048;
  private static final int MAX_BITS = 8_192;
  private static final int MAX_EXPONENT_BITS = 33;
  private static final int P256_BYTES = 32;
  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final ECParameterSpec P256 = p256();

  private PublicJwk() {}

  /// Reads a key.
  ///
  /// @return empty when it is not to be used
  static Optional<IssuerKey> read(JsonNode jwk) {
    JsonNode id = jwk.path("kid");
    if (!id.isString() || id.stringValue().isBlank() || jwk.has("d") || !isForSignatures(jwk)) {
      return Optional.empty();
    }
    IssuerAlgorithm algorithm;
    Optional<PublicKey> key;
    switch (jwk.path("kty").asString("")) {
      case "RSA" -> {
        algorithm = IssuerAlgorithm.RS256;
        key = rsa(jwk);
      }
      case "EC" -> {
        algorithm = IssuerAlgorithm.ES256;
        key = onP256(jwk);
      }
      default -> {
        return Optional.empty();
      }
    }
    return isAbsentOr(jwk.path("alg"), algorithm.name())
        ? key.map(one -> new IssuerKey(id.stringValue(), algorithm, one))
        : Optional.empty();
  }

  private static boolean isForSignatures(JsonNode jwk) {
    JsonNode operations = jwk.path("key_ops");
    return isAbsentOr(jwk.path("use"), "sig")
        && (operations.isMissingNode()
            || (operations.isArray()
                && operations.valueStream().anyMatch(one -> one.asString("").equals("verify"))));
  }

  private static boolean isAbsentOr(JsonNode member, String text) {
    return member.isMissingNode() || (member.isString() && member.stringValue().equals(text));
  }

  private static Optional<PublicKey> rsa(JsonNode jwk) {
    BigInteger modulus = new BigInteger(1, bytes(jwk, "n"));
    BigInteger exponent = new BigInteger(1, bytes(jwk, "e"));
    if (modulus.bitLength() < MIN_BITS
        || modulus.bitLength() > MAX_BITS
        || !modulus.testBit(0)
        || exponent.bitLength() > MAX_EXPONENT_BITS
        || exponent.compareTo(THREE) < 0
        || !exponent.testBit(0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> onP256(JsonNode jwk) {
    byte[] x = bytes(jwk, "x");
    byte[] y = bytes(jwk, "y");
    if (!jwk.path("crv").asString("").equals("P-256")
        || x.length != P256_BYTES
        || y.length != P256_BYTES) {
      return Optional.empty();
    }
    ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
    if (!isOnCurve(point)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256)));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  /// The curve has no point of small order, so that this is all there is to check.
  private static boolean isOnCurve(ECPoint point) {
    BigInteger prime = ((ECFieldFp) P256.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    return x.compareTo(prime) < 0
        && y.compareTo(prime) < 0
        && y.multiply(y)
            .mod(prime)
            .equals(
                x.pow(3)
                    .add(P256.getCurve().getA().multiply(x))
                    .add(P256.getCurve().getB())
                    .mod(prime));
  }

  /// The bytes of a member, none where it has no canonical base64url.
  private static byte[] bytes(JsonNode jwk, String member) {
    try {
      return Base64Url.decode(jwk.path(member).asString(""));
    } catch (RefusedToken _) {
      return new byte[0];
    }
  }

  private static ECParameterSpec p256() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java does not know P-256", e);
    }
  }

  /// The kinds of keys that are read, for messages.
  static List<String> kinds() {
    return List.of("RSA for RS256", "P-256 for ES256");
  }
}
