package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.HEADER;
import static com.quiltdata.mcp.auth.ForgedToken.NOW;
import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.caller;
import static com.quiltdata.mcp.auth.ForgedToken.claims;
import static com.quiltdata.mcp.auth.ForgedToken.sign;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules for tokens, one by one.
final class TokenVerifierTest {
  private static final TokenVerifier VERIFIER = ForgedToken.verifier();

  @Test
  void knowsTheBearerOfAGoodToken() {
    String token = ForgedToken.good();
    Caller.Bearer caller = caller(VERIFIER.authenticate(bearer(token)));

    assertThat(caller.subject()).isEqualTo("user");
    assertThat(caller.keyId()).isEqualTo("frontend-enhanced");
    assertThat(caller.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_790_003_600));
    assertThat(caller.tokenDigest())
        .hasSize(8)
        .isEqualTo(TokenDigest.of(token).hex().substring(0, 8));
    assertThat(caller.aws()).isEqualTo(AwsClaims.none());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesAndTellsTheLogWhy(String reason, String token) {
    assertThat(VERIFIER.authenticate(bearer(token)))
        .isEqualTo(new Authentication.Rejected(false, reason));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void accepts(String token) {
    assertThat(VERIFIER.authenticate(bearer(token))).isInstanceOf(Authentication.Known.class);
  }

  @ParameterizedTest
  @CsvSource({"3600,true", "1,true", "0,true", "-1,true", "-59,true", "-60,false", "-61,false"})
  void acceptsUntilTheLeewayAfterExpiryIsOver(long secondsLeft, boolean isAccepted) {
    String payload = "{\"sub\":\"u\",\"exp\":%d}".formatted(NOW.getEpochSecond() + secondsLeft);
    Authentication decision = VERIFIER.authenticate(bearer(sign(HEADER, payload)));

    if (isAccepted) {
      assertThat(decision).isInstanceOf(Authentication.Known.class);
    } else {
      assertThat(decision).isEqualTo(new Authentication.Rejected(true, "expired"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nbf,-1,true",
    "nbf,60,true",
    "nbf,61,false",
    "iat,-1,true",
    "iat,60,true",
    "iat,61,false"
  })
  void acceptsTimesAheadWithinTheLeeway(String claim, long secondsAhead, boolean isAccepted) {
    String payload =
        "{\"sub\":\"u\",\"exp\":1790003600,\"%s\":%d}"
            .formatted(claim, NOW.getEpochSecond() + secondsAhead);

    assertThat(VERIFIER.authenticate(bearer(sign(HEADER, payload))) instanceof Authentication.Known)
        .isEqualTo(isAccepted);
  }

  @Test
  void followsTheClockWhenItJumps() {
    ScriptedClock clock = new ScriptedClock(NOW);
    TokenVerifier verifier = new TokenVerifier(ForgedToken.config(), clock);
    List<String> header = bearer(ForgedToken.good());

    clock.set(NOW.plus(Duration.ofHours(1)));
    assertThat(verifier.authenticate(header)).isInstanceOf(Authentication.Known.class);
    clock.advance(Duration.ofSeconds(61));
    assertThat(verifier.authenticate(header))
        .isEqualTo(new Authentication.Rejected(true, "expired"));
    clock.set(NOW.minus(Duration.ofHours(1)));
    assertThat(verifier.authenticate(header))
        .isEqualTo(new Authentication.Rejected(false, "nbf or iat is in the future"));
    clock.set(NOW);
    assertThat(verifier.authenticate(header)).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void callsATokenExpiredOnlyWhenNothingElseIsWrong() {
    String payload = "{\"sub\":\"u\",\"exp\":1,\"aud\":\"other\"}";

    assertThat(VERIFIER.authenticate(bearer(sign(HEADER, payload))))
        .isEqualTo(new Authentication.Rejected(false, "aud is another service"));
  }

  @Test
  void requiresAnAudienceWhenToldTo() {
    TokenConfig strict =
        new TokenConfig(
            ForgedToken.config().keys(),
            new TokenRules("quilt-frontend", "quilt-mcp-server", true, Duration.ZERO, 16_384));
    TokenVerifier verifier = new TokenVerifier(strict, () -> NOW);
    String without = sign(HEADER, "{\"sub\":\"u\",\"exp\":1790003600}");

    assertThat(verifier.authenticate(bearer(without)))
        .isEqualTo(new Authentication.Rejected(false, "aud is missing"));
    assertThat(verifier.authenticate(bearer(ForgedToken.good())))
        .isInstanceOf(Authentication.Known.class);
  }

  static Stream<Arguments> refused() {
    String good = ForgedToken.good();
    String payload = good.split("\\.", -1)[1];
    return Stream.of(
        Arguments.of("over 16384 bytes", "x".repeat(16_385)),
        Arguments.of("not three parts", "abc"),
        Arguments.of("not three parts", "a.b"),
        Arguments.of("not three parts", good + ".x"),
        Arguments.of("a part is not base64url", good + " " + "x"),
        Arguments.of("a part is not base64url", good.replaceFirst("eyJ", "ey+")),
        Arguments.of("a part is not base64url", good.replaceFirst("eyJ", "eyé")),
        Arguments.of("a part is not canonical base64url", good + "="),
        Arguments.of("the header is no acceptable JSON", "." + payload + ".AAAA"),
        Arguments.of("the header is not a JSON object", ForgedToken.withHeader("[]")),
        Arguments.of(
            "the header is no acceptable JSON", ForgedToken.withHeader("{\"alg\":1,\"alg\":1}")),
        Arguments.of("alg is not HS256", ForgedToken.withHeader("{}")),
        Arguments.of("alg is not HS256", ForgedToken.withHeader("{\"alg\":[\"HS256\"]}")),
        Arguments.of("crit is not supported", header("\"crit\":[]")),
        Arguments.of("zip is not supported", header("\"zip\":\"DEF\"")),
        Arguments.of("b64 is not supported", header("\"b64\":true")),
        Arguments.of("kid is not known", ForgedToken.withHeader("{\"alg\":\"HS256\"}")),
        Arguments.of(
            "kid is not known", ForgedToken.withHeader("{\"alg\":\"HS256\",\"kid\":null}")),
        Arguments.of("the signature does not hold", good.substring(0, good.lastIndexOf('.') + 1)),
        Arguments.of(
            "the signature does not hold", sign(HEADER, claims(""), "other", "HmacSHA256")),
        Arguments.of("the payload is not a JSON object", ForgedToken.withPayload("null")),
        Arguments.of(
            "the payload is no acceptable JSON", ForgedToken.withPayload("{\"exp\":1e400}")),
        Arguments.of(
            "the payload is no acceptable JSON",
            ForgedToken.withPayload(claims("\"x\":1,\"x\":2"))),
        Arguments.of(
            "the payload is no acceptable JSON",
            ForgedToken.withPayload(claims("\"x\":" + "[".repeat(8) + "]".repeat(8)))),
        Arguments.of("exp is missing", ForgedToken.withPayload("{\"sub\":\"u\"}")),
        Arguments.of(
            "exp is not a number",
            ForgedToken.withPayload("{\"sub\":\"u\",\"exp\":\"1790003600\"}")),
        Arguments.of(
            "iat is not a number",
            ForgedToken.withPayload("{\"sub\":\"u\",\"exp\":1790003600,\"iat\":null}")),
        Arguments.of(
            "aud is another service",
            ForgedToken.withPayload("{\"sub\":\"u\",\"exp\":1790003600,\"aud\":[]}")),
        Arguments.of(
            "aud is another service",
            ForgedToken.withPayload("{\"sub\":\"u\",\"exp\":1790003600,\"aud\":null}")),
        Arguments.of(
            "iss is another issuer",
            ForgedToken.withPayload(
                "{\"sub\":\"u\",\"exp\":1790003600,\"iss\":[\"quilt-frontend\"]}")),
        Arguments.of(
            "sub is not a non-empty string",
            ForgedToken.withPayload("{\"sub\":\"\",\"id\":\"u\",\"exp\":1790003600}")),
        Arguments.of(
            "sub is not a non-empty string",
            ForgedToken.withPayload("{\"sub\":null,\"id\":\"u\",\"exp\":1790003600}")),
        Arguments.of(
            "id is not a non-empty string", ForgedToken.withPayload("{\"exp\":1790003600}")));
  }

  static Stream<String> accepted() {
    return Stream.of(
        header("\"jwk\":{\"kty\":\"oct\"},\"jku\":\"https://attacker.example\",\"x5u\":\"x\""),
        ForgedToken.withPayload(claims("\"x\":" + "[".repeat(7) + "]".repeat(7))),
        ForgedToken.withPayload("{\"id\":\"u\",\"exp\":1e300}"),
        ForgedToken.withPayload("{\"id\":\"u\",\"exp\":%s}".formatted("9".repeat(100))),
        ForgedToken.withPayload("{\"id\":\"u\",\"exp\":1790003600.25,\"nbf\":-1e300}"),
        ForgedToken.withPayload(
            "{\"id\":\"u\",\"exp\":1790003600,\"aud\":[1,\"quilt-mcp-server\"]}"));
  }

  private static String header(String more) {
    return ForgedToken.withHeader(HEADER.substring(0, HEADER.length() - 1) + "," + more + "}");
  }
}
