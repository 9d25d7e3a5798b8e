package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.IssuerBench.AUDIENCE;
import static com.quiltdata.mcp.auth.IssuerBench.EC;
import static com.quiltdata.mcp.auth.IssuerBench.ISSUER;
import static com.quiltdata.mcp.auth.IssuerBench.RSA;
import static com.quiltdata.mcp.auth.IssuerBench.RULES;
import static com.quiltdata.mcp.auth.IssuerBench.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which tokens of an issuer are accepted, and what they open.
final class IssuerVerifierTest {
  private static final Instant END = Instant.ofEpochSecond(1_790_003_600);

  private final IssuerBench bench = new IssuerBench();

  @Test
  void knowsTheBearerOfAToken() {
    for (IssuingKey key : Set.of(RSA, EC)) {
      Caller.Bearer caller =
          bench.caller(key.token(claims("\"quilt_buckets\":[\"mine\",{\"name\":\"ours\"},7]")));
      assertThat(caller.subject()).isEqualTo("ada");
      assertThat(caller.issuer()).contains(ISSUER);
      assertThat(caller.level()).isEqualTo(Level.READ);
      assertThat(caller.buckets())
          .isEqualTo(new BucketScope(Set.of("mine", "ours", "for-all"), false));
      assertThat(caller.permissions()).contains("s3:GetObject", "s3:ListBucket");
      assertThat(caller.permissions()).doesNotContain("s3:PutObject", "s3:DeleteObject", "*");
      assertThat(caller.expiresAt()).isEqualTo(END);
      assertThat(caller.scope()).isEqualTo("quilt:read");
      assertThat(caller.aws()).isEqualTo(AwsClaims.none());
    }
  }

  static Stream<Arguments> refused() {
    String good = claims("");
    String none =
        ForgedToken.encode("{\"alg\":\"none\",\"kid\":\"r1\"}") + "." + ForgedToken.encode(good);
    String zeros = EC.token(good);
    return Stream.of(
        Arguments.of("alg is not HS256", none + "."),
        Arguments.of("alg is not HS256", RSA.signed("{\"alg\":\"rs256\",\"kid\":\"r1\"}", good)),
        Arguments.of(
            "alg is not HS256",
            RSA.signed("{\"alg\":\"RS384\",\"kid\":\"r1\"}", good, "SHA384withRSA")),
        Arguments.of(
            "the signature does not hold",
            RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r1\"}", good, "SHA384withRSA")),
        Arguments.of("the signature does not hold", IssuingKey.rsa("r1").token(good)),
        Arguments.of("the signature does not hold", IssuingKey.p256("e1").token(good)),
        Arguments.of(
            "the signature does not hold",
            zeros.substring(0, zeros.length() - 86) + "A".repeat(86)),
        Arguments.of(
            "the signature does not hold",
            EC.signed("{\"alg\":\"ES256\",\"kid\":\"e1\"}", good, "SHA256withECDSA")),
        Arguments.of("kid is not known", IssuingKey.rsa("r2").token(good)),
        Arguments.of("kid is not known", RSA.signed("{\"alg\":\"RS256\",\"kid\":\"e1\"}", good)),
        Arguments.of("kid is not known", EC.signed("{\"alg\":\"ES256\",\"kid\":\"r1\"}", good)),
        Arguments.of("kid is missing", RSA.signed("{\"alg\":\"RS256\"}", good)),
        Arguments.of("kid is missing", RSA.signed("{\"alg\":\"RS256\",\"kid\":1}", good)),
        Arguments.of(
            "crit is not supported",
            RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r1\",\"crit\":[\"x\"]}", good)),
        Arguments.of(
            "typ is of another kind of token",
            RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"dpop+jwt\"}", good)),
        Arguments.of("iss is another issuer", RSA.token(claims(ISSUER + "/", AUDIENCE, "\"x\":1"))),
        Arguments.of(
            "iss is another issuer", RSA.token(claims("quilt-frontend", AUDIENCE, "\"x\":1"))),
        Arguments.of("iss is missing", RSA.token(good.replace("\"iss\"", "\"is\""))),
        Arguments.of(
            "aud is another service", RSA.token(claims(ISSUER, AUDIENCE + "/", "\"x\":1"))),
        Arguments.of(
            "aud is another service", RSA.token(claims(ISSUER, "quilt-mcp-server", "\"x\":1"))),
        Arguments.of("aud is missing", RSA.token(good.replace("\"aud\"", "\"au\""))),
        Arguments.of("exp is missing", RSA.token(good.replace("\"exp\"", "\"ex\""))),
        Arguments.of(
            "exp is not a number", RSA.token(good.replace("1790003600", "\"1790003600\""))),
        Arguments.of("nbf or iat is in the future", RSA.token(claims("\"nbf\":1790000061"))),
        Arguments.of("sub is not a non-empty string", RSA.token(good.replace("\"ada\"", "\" \""))),
        Arguments.of("sub is not a non-empty string", RSA.token(good.replace("\"sub\"", "\"id\""))),
        Arguments.of("it is an ID token", RSA.token(claims("\"at_hash\":\"x\""))),
        Arguments.of("token_use is not access", RSA.token(claims("\"token_use\":\"id\""))),
        Arguments.of(
            "cnf binds it to a key, which is not supported",
            RSA.token(claims("\"cnf\":{\"jkt\":\"x\"}"))),
        Arguments.of("the payload is not a JSON object", RSA.token("[]")),
        Arguments.of(
            "the payload is no acceptable JSON",
            RSA.token(good.replace("{\"iss", "{\"iss\":\"x\",\"iss"))),
        Arguments.of(
            "the claims expand to too much",
            RSA.token(
                claims("\"quilt_buckets\":[%s]".formatted("\"a\",".repeat(10_001) + "\"a\"")))));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("refused")
  void refusesAndTellsTheLogWhy(String reason, String token) {
    String told = token.length() > 16_384 ? "over 16384 bytes" : reason;
    assertThat(bench.authenticate(token)).isEqualTo(new Authentication.Rejected(false, told));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"})
  void takesTheTypesThatIssuersGive(String type) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"%s\"}".formatted(type);
    assertThat(bench.caller(RSA.signed(header, claims(""))).subject()).isEqualTo("ada");
    assertThat(bench.caller(RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r1\"}", claims(""))).keyId())
        .isEqualTo("r1");
  }

  @Test
  void isForThisServerAmongOthers() {
    String both =
        claims("").replace("\"" + AUDIENCE + "\"", "[\"https://x\",\"%s\"]".formatted(AUDIENCE));
    assertThat(bench.caller(RSA.token(both)).subject()).isEqualTo("ada");
  }

  @Test
  void endsWithItsTimeAndTheLeeway() {
    String token = RSA.token(claims(""));
    bench.clock.set(END.plusSeconds(59));
    assertThat(bench.caller(token).subject()).isEqualTo("ada");
    bench.clock.set(END.plus(Duration.ofSeconds(60)));
    assertThat(bench.authenticate(token)).isEqualTo(new Authentication.Rejected(true, "expired"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "scope":"quilt:read"                | READ
          "scope":"openid quilt:write email"  | WRITE
          "scope":"quilt:admin"               | ADMIN
          "scope":"quilt:read quilt:admin"    | ADMIN
          "scp":["quilt:write","quilt:read"]  | WRITE
          "scp":"quilt:read other"            | READ
          "scope":"other","scp":"quilt:admin" | NONE
          "scope":["quilt:write"]             | WRITE
          "scope":"QUILT:READ"                | NONE
          "scope":"quilt:readwrite"           | NONE
          "scope":"quilt:read,quilt:write"    | NONE
          "scope":7                           | NONE
          "level":"admin","permissions":["*"] | NONE
          """)
  void aScopeStandsForALevelAndNothingElseDoes(String members, Level level) {
    Caller.Bearer caller =
        bench.caller(
            RSA.token(
                claims(ISSUER, AUDIENCE, members + ",\"buckets\":[\"*\"],\"roles\":[\"admin\"]")));
    assertThat(caller.level()).isEqualTo(level);
    assertThat(caller.permissions()).isEqualTo(ScopeRights.actions(level));
    assertThat(caller.buckets().names())
        .isEqualTo(level == Level.NONE ? Set.of() : Set.of("for-all"));
    assertThat(caller.buckets().isEverything()).isFalse();
    assertThat(caller.roles()).isEmpty();
  }

  @Test
  void coversNoBucketUnlessTheOperatorSaysWhich() {
    IssuerBench strict =
        new IssuerBench(
            new IssuerRules(RULES.token(), RULES.scopes(), Optional.empty(), BucketScope.NONE),
            true);
    Caller.Bearer caller =
        strict.caller(
            RSA.token(claims("\"quilt_buckets\":[\"*\"],\"buckets\":[\"b\"],\"b\":[\"c\"]")));
    assertThat(caller.buckets()).isEqualTo(BucketScope.NONE);
    for (String claim : Set.of("\"mine\"", "{\"name\":\"mine\"}", "[\" * \"]", "null", "7")) {
      assertThat(bench.caller(RSA.token(claims("\"quilt_buckets\":" + claim))).buckets().names())
          .as(claim)
          .containsExactly("for-all");
    }
    assertThat(
            bench.caller(RSA.token(claims("\"quilt_buckets\":[\"*\"]"))).buckets().isEverything())
        .isTrue();
  }

  @Test
  void takesNoAwsRightsFromATokenOfTheIssuer() {
    Caller.Bearer caller =
        bench.caller(
            RSA.token(
                claims(
                    "\"aws_role_arn\":\"arn:aws:iam::123456789012:role/x\",\"aws_credentials\":{\"access_key_id\":\"A\",\"secret_access_key\":\"b\"}")));
    assertThat(caller.aws()).isEqualTo(AwsClaims.none());
  }

  @Test
  void equalSubjectsOfTwoIssuersAreNotTheSamePerson() {
    IssuerRules others =
        new IssuerRules(
            new TokenRules("https://other.example.com", AUDIENCE, true, Duration.ZERO, 16_384),
            RULES.scopes(),
            Optional.empty(),
            BucketScope.NONE);
    Caller here = bench.caller(RSA.token(claims("")));
    Caller there =
        new IssuerBench(others, true)
            .caller(RSA.token(claims("https://other.example.com", AUDIENCE, "\"x\":1")));
    Caller catalog =
        bench.caller(
            ForgedToken.withPayload(ForgedToken.claims("").replace("\"user\"", "\"ada\"")));
    assertThat(Set.of(here.principal(), there.principal(), catalog.principal())).hasSize(3);
    assertThat(here.name()).isEqualTo(catalog.name());
    Caller disguised =
        bench.caller(
            ForgedToken.withPayload(
                ForgedToken.claims("").replace("\"user\"", "\"issued:%s ada\"".formatted(ISSUER))));
    assertThat(disguised.principal()).isNotEqualTo(here.principal());
  }

  @Test
  void anAudienceIsAlwaysRequired() {
    TokenRules lax = new TokenRules(ISSUER, AUDIENCE, false, Duration.ZERO, 16_384);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IssuerRules(lax, RULES.scopes(), Optional.empty(), BucketScope.NONE));
  }
}
