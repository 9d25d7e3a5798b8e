package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.UsedSecrets;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/// A key of an issuer with both halves: it makes tokens, good and bad, and shows its public half,
/// without the code under test.
public final class IssuingKey {
  private final String id;
  private final KeyPair pair;

  private IssuingKey(String id, KeyPair pair) {
    this.id = id;
    this.pair = pair;
  }

  /// A new RSA key of 2,048 bits.
  public static IssuingKey rsa(String id) {
    return rsa(id, 2_048);
  }

  static IssuingKey rsa(String id, int bits) {
    return new IssuingKey(
        id, pair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4)));
  }

  /// A new key on P-256.
  public static IssuingKey p256(String id) {
    return onCurve(id, "secp256r1");
  }

  static IssuingKey onCurve(String id, String curve) {
    return new IssuingKey(id, pair("EC", new ECGenParameterSpec(curve)));
  }

  private static KeyPair pair(String kind, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public half in a set.
  public String jwk() {
    return "{%s}".formatted(members());
  }

  /// The members of the public half.
  String members() {
    return pair.getPublic() instanceof RSAPublicKey rsa
        ? "\"kty\":\"RSA\",\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\""
            .formatted(id, number(rsa.getModulus(), 0), number(rsa.getPublicExponent(), 0))
        : "\"kty\":\"EC\",\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"ES256\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\""
            .formatted(
                id,
                number(((ECPublicKey) pair.getPublic()).getW().getAffineX(), 32),
                number(((ECPublicKey) pair.getPublic()).getW().getAffineY(), 32));
  }

  /// The set of some keys.
  public static String set(IssuingKey... keys) {
    return setOf(Arrays.stream(keys).map(IssuingKey::jwk).toArray(String[]::new));
  }

  static String setOf(String... jwks) {
    return Arrays.stream(jwks).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /// The public half as others would take it for a secret.
  byte[] publicBytes() {
    return pair.getPublic().getEncoded();
  }

  private String algorithm() {
    return pair.getPublic() instanceof RSAPublicKey ? "RS256" : "ES256";
  }

  String header() {
    return "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(algorithm(), id);
  }

  /// A token with some claims, signed as it should be.
  public String token(String claims) {
    return signed(header(), claims);
  }

  String signed(String header, String claims) {
    return signed(header, claims, signatureName());
  }

  String signed(String header, String claims, String algorithm) {
    String both = ForgedToken.encode(header) + "." + ForgedToken.encode(claims);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(both.getBytes(StandardCharsets.US_ASCII));
      return UsedSecrets.note(both + "." + encode(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signatureName() {
    return pair.getPublic() instanceof RSAPublicKey
        ? "SHA256withRSA"
        : "SHA256withECDSAinP1363Format";
  }

  private static String number(BigInteger number, int bytes) {
    byte[] all = number.toByteArray();
    int length = bytes > 0 ? bytes : (number.bitLength() + 7) / 8;
    byte[] plain = new byte[length];
    int count = Math.min(all.length, length);
    System.arraycopy(all, all.length - count, plain, length - count, count);
    return encode(plain);
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
