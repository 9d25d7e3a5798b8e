package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.UsedSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes tokens of any shape, good and bad, without the code under test.
final class ForgedToken {
  static final String SECRET = UsedSecrets.note("forged-token-test-secret-0123456789abcdef");
  static final String KEY_ID = "frontend-enhanced";
  static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"frontend-enhanced\"}";

  private ForgedToken() {}

  static TokenConfig config() {
    return TokenConfig.of(SigningKey.of(KEY_ID, SECRET));
  }

  static TokenVerifier verifier() {
    return new TokenVerifier(config(), () -> NOW);
  }

  /// Good claims with some members more.
  static String claims(String more) {
    return "{\"iss\":\"quilt-frontend\",\"aud\":\"quilt-mcp-server\",\"sub\":\"user\","
        + "\"iat\":1789999000,\"exp\":1790003600%s}".formatted(more.isEmpty() ? "" : "," + more);
  }

  static String good() {
    return sign(HEADER, claims("\"permissions\":[\"s3:GetObject\"],\"buckets\":[\"team-data\"]"));
  }

  static String withPayload(String payload) {
    return sign(HEADER, payload);
  }

  static String withHeader(String header) {
    return sign(header, claims(""));
  }

  static String sign(String header, String payload) {
    return sign(header, payload, SECRET, "HmacSHA256");
  }

  static String sign(String header, String payload, String secret, String algorithm) {
    String signed = encode(header) + "." + encode(payload);
    return UsedSecrets.note(signed + "." + signature(signed, secret, algorithm));
  }

  static String signature(String signed, String secret, String algorithm) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> bearer(String token) {
    return List.of("Bearer " + token);
  }

  /// The caller, or a failure of the test.
  static Caller.Bearer caller(Authentication decision) {
    if (decision instanceof Authentication.Known(Caller.Bearer bearer, _)) {
      return bearer;
    }
    throw new AssertionError("not accepted: " + decision);
  }
}
