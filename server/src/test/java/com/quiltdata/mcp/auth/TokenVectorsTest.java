package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every token of the published vectors.
final class TokenVectorsTest {
  private static final JsonNode CONFIG = JwtVectors.root().path("config");
  private static final Instant FIXED = Instant.ofEpochSecond(CONFIG.path("now").longValue());

  @Test
  void coversEveryVector() {
    JsonNode counts = JwtVectors.root().path("counts");
    assertThat(vectors().filter(TokenVectorsTest::isAccepted)).hasSize(36);
    assertThat(vectors().filter(vector -> !isAccepted(vector))).hasSize(85);
    assertThat(counts.path("valid").intValue()).isEqualTo(36);
    assertThat(counts.path("invalid").intValue()).isEqualTo(85);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void verifierDecidesAsExpected(JwtVectors.Vector vector) {
    for (InstantSource clock : clocks(vector)) {
      Authenticator verifier = new TokenVerifier(config(vector), clock);
      assertExpected(vector, verifier.authenticate(headers(vector)));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void rememberingChangesNoDecision(JwtVectors.Vector vector) {
    for (InstantSource clock : clocks(vector)) {
      TokenVerifier verifier = new TokenVerifier(config(vector), clock);
      Authenticator remembering = new RememberingAuthenticator(verifier, clock);
      assertExpected(vector, remembering.authenticate(headers(vector)));
      assertExpected(vector, remembering.authenticate(headers(vector)));
    }
  }

  private static void assertExpected(JwtVectors.Vector vector, Authentication decision) {
    if (isAccepted(vector)) {
      assertPrincipal(ForgedToken.caller(decision), vector.expected().path("principal"));
    } else {
      assertThat(error(decision)).isEqualTo(vector.expected().path("error").stringValue());
    }
  }

  private static void assertPrincipal(Caller.Bearer caller, JsonNode principal) {
    Set<String> buckets = new TreeSet<>(caller.buckets().names());
    if (caller.buckets().isEverything()) {
      buckets.add("*");
    }
    assertThat(caller.subject()).isEqualTo(principal.path("subject").stringValue());
    assertThat(buckets)
        .containsExactlyInAnyOrderElementsOf(JwtVectors.texts(principal.path("buckets")));
    assertThat(caller.permissions())
        .containsExactlyInAnyOrderElementsOf(JwtVectors.texts(principal.path("permissions")));
    assertThat(caller.roles())
        .containsExactlyInAnyOrderElementsOf(JwtVectors.texts(principal.path("roles")));
    assertThat(caller.level()).isEqualTo(Level.of(principal.path("level").stringValue()).get());
    assertThat(caller.scope()).isEqualTo(principal.path("scope").stringValue());
    assertThat(caller.aws().roleArn().orElse(""))
        .isEqualTo(principal.path("aws_role_arn").asString(""));
    assertThat(caller.aws().credentials().isPresent())
        .isEqualTo(principal.path("has_aws_credentials").asBoolean(false));
  }

  private static String error(Authentication decision) {
    return switch (decision) {
      case Authentication.Known _ -> "accepted";
      case Authentication.Missing _ -> "missing_authorization";
      case Authentication.Rejected(boolean isExpired, String _) ->
          isExpired ? "token_expired" : "invalid_token";
      case Authentication.Unavailable _ -> "token_check_unavailable";
    };
  }

  private static TokenConfig config(JwtVectors.Vector vector) {
    JsonNode own = vector.node().path("config");
    String keyId = (own.has("kid") ? own : CONFIG).path("kid").stringValue();
    return new TokenConfig(
        List.of(SigningKey.of(keyId, UsedSecrets.sent(CONFIG.path("secret").stringValue()))),
        new TokenRules(
            CONFIG.path("issuer").stringValue(),
            CONFIG.path("audience").stringValue(),
            false,
            Duration.ofSeconds(CONFIG.path("leeway_seconds").longValue()),
            CONFIG.path("max_token_bytes").intValue()));
  }

  /// A vector of the wall clock has the same result at its own time and today.
  private static List<InstantSource> clocks(JwtVectors.Vector vector) {
    InstantSource fixed = InstantSource.fixed(FIXED);
    return vector.node().path("clock").stringValue().equals("wall")
        ? List.of(fixed, InstantSource.system())
        : List.of(fixed);
  }

  private static boolean isAccepted(JwtVectors.Vector vector) {
    return vector.expected().path("decision").stringValue().equals("accept");
  }

  private static List<String> headers(JwtVectors.Vector vector) {
    return JwtVectors.texts(vector.node().path("authorization"));
  }

  static Stream<JwtVectors.Vector> vectors() {
    return JwtVectors.list("vectors");
  }
}
