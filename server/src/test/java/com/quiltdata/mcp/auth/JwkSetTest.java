package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.IssuerBench.EC;
import static com.quiltdata.mcp.auth.IssuerBench.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which keys of a set are used.
final class JwkSetTest {
  private static final IssuingKey GOOD = IssuingKey.p256("good");

  private static JwkSet read(String json) {
    return JwkSet.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String json) {
    Fault fault = catchThrowableOfType(Fault.class, () -> read(json));
    assertThat(fault.code()).isEqualTo(FaultCode.CORRUPT_DATA);
    return fault.text();
  }

  private static String without(IssuingKey key, String member) {
    return key.jwk().replaceFirst("\"" + member + "\":\"[^\"]*\",?", "").replaceFirst(",}", "}");
  }

  private static String with(IssuingKey key, String member, String value) {
    return without(key, member).replaceFirst("\\{", "{\"" + member + "\":" + value + ",");
  }

  @Test
  void readsKeysOfBothKinds() {
    JwkSet set = read(IssuingKey.set(RSA, EC));
    assertThat(set.ids()).containsExactly("r1", "e1");
    assertThat(set.find("r1", IssuerAlgorithm.RS256)).hasSize(1);
    assertThat(set.find("r1", IssuerAlgorithm.ES256)).isEmpty();
    assertThat(set.find("e1", IssuerAlgorithm.RS256)).isEmpty();
    assertThat(read(IssuingKey.setOf(without(RSA, "alg"), without(EC, "use"))).ids()).hasSize(2);
    assertThat(read(IssuingKey.setOf(with(RSA, "key_ops", "[\"verify\"]"))).ids()).hasSize(1);
    assertThat(read(IssuingKey.set(IssuingKey.rsa("big", 4_096))).ids()).containsExactly("big");
  }

  /// Sizes at the borders: a number is taken for what it is, whether it has two factors or not.
  @Test
  void takesKeysOfTheSmallestAndTheLargestSize() {
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(2_048, 3))).ids()).hasSize(2);
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(8_192, 3))).ids()).hasSize(2);
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(2_047, 3))).ids()).hasSize(1);
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(8_193, 3))).ids()).hasSize(1);
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(2_048, (1L << 33) - 1))).ids()).hasSize(2);
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(2_048, (1L << 33) + 1))).ids()).hasSize(1);
    assertThat(read(IssuingKey.setOf(EC.jwk(), sized(2_048, 1))).ids()).hasSize(1);
  }

  private static String sized(int bits, long exponent) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    return with(RSA, "n", "\"" + base64(modulus) + "\"")
        .replace("\"r1\"", "\"sized\"")
        .replaceFirst("\"e\":\"[^\"]*\"", "\"e\":\"" + base64(BigInteger.valueOf(exponent)) + "\"");
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int start = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, start, bytes.length));
  }

  @Test
  void tellsWhichKeysItWants() {
    assertThat(refusal("{\"keys\":[]}")).contains("RSA for RS256 or P-256 for ES256");
  }

  static Stream<String> unusable() {
    String start = EC.jwk().contains("\"y\":\"AA") ? "BB" : "AA";
    String flipped = EC.jwk().replaceFirst("\"y\":\"..", "\"y\":\"" + start);
    return Stream.of(
        without(RSA, "kid"),
        with(RSA, "kid", "\" \""),
        with(RSA, "kid", "7"),
        with(RSA, "use", "\"enc\""),
        with(RSA, "use", "1"),
        with(RSA, "key_ops", "[\"sign\"]"),
        with(RSA, "key_ops", "\"verify\""),
        with(RSA, "alg", "\"RS512\""),
        with(RSA, "alg", "\"PS256\""),
        with(RSA, "alg", "\"ES256\""),
        with(RSA, "alg", "\"HS256\""),
        with(EC, "alg", "\"RS256\""),
        with(RSA, "kty", "\"EC\""),
        with(EC, "kty", "\"RSA\""),
        with(RSA, "kty", "\"oct\""),
        without(RSA, "kty"),
        "{\"kty\":\"oct\",\"kid\":\"o\",\"alg\":\"HS256\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "{\"kty\":\"OKP\",\"kid\":\"o\",\"crv\":\"Ed25519\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        IssuingKey.rsa("small", 1_024).jwk(),
        with(RSA, "e", "\"AQ\""),
        with(RSA, "e", "\"AQAA\""),
        with(RSA, "e", "\"____________\""),
        with(RSA, "n", "\"AQAB\""),
        with(RSA, "n", "\"%s\"".formatted("_".repeat(1_368))),
        with(RSA, "n", "\"no base64url!\""),
        with(RSA, "n", "7"),
        with(RSA, "d", "\"AQAB\""),
        with(EC, "d", "\"AQAB\""),
        with(EC, "crv", "\"P-384\""),
        with(EC, "crv", "\"secp256k1\""),
        with(EC, "x", "\"AQ\""),
        with(EC, "x", "\"%s\"".formatted("_".repeat(42) + "8")),
        with(EC, "x", "\"%s\"".formatted("A".repeat(43)))
            .replaceFirst("\"y\":\"[^\"]*\"", "\"y\":\"%s\"".formatted("A".repeat(43))),
        flipped,
        IssuingKey.onCurve("k", "secp384r1").jwk(),
        "7",
        "null",
        "[]");
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("unusable")
  void leavesOutWhatIsOfNoUse(String jwk) {
    assertThat(read(IssuingKey.setOf(jwk, GOOD.jwk())).ids()).as(jwk).containsExactly("good");
    assertThat(refusal(IssuingKey.setOf(jwk))).contains("has no key that can be used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "[]", "7", "{}", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}"})
  void refusesWhatIsNoSet(String json) {
    assertThat(refusal(json)).startsWith("The key set of the issuer ");
  }

  @Test
  void refusesHundredsOfKeys() {
    String[] many = Collections.nCopies(101, EC.jwk()).toArray(String[]::new);
    assertThat(refusal(IssuingKey.setOf(many))).contains("more than 100 keys");
    assertThat(read(IssuingKey.setOf(Arrays.copyOf(many, 100))).ids()).containsExactly("e1");
  }

  @Test
  void aNameThatIsUsedTwiceMeansBoth() {
    JwkSet set = read(IssuingKey.set(EC, IssuingKey.p256("e1")));
    assertThat(set.find("e1", IssuerAlgorithm.ES256)).hasSize(2);
  }
}
