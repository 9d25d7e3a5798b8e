package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every authorization case of the published vectors.
final class AuthorizationVectorsTest {
  private final ToolPolicy policy = new ToolPolicy();

  @Test
  void coversEveryVector() {
    assertThat(vectors()).hasSize(28);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void policyDecidesAsExpected(JwtVectors.Vector vector) {
    Decision decision =
        policy.decide(
            caller(vector.node().path("principal")),
            vector.node().path("tool").stringValue(),
            vector.node().path("arguments"));

    JsonNode expected = vector.expected();
    if (expected.path("allow").booleanValue()) {
      assertThat(decision).isInstanceOf(Decision.Allowed.class);
    } else {
      assertThat(decision).isInstanceOf(Decision.Denied.class);
      Decision.Denied denied = (Decision.Denied) decision;
      assertThat(denied.text()).isEqualTo(expected.path("reason").stringValue());
      assertThat(denied.missingActions())
          .isEqualTo(JwtVectors.texts(expected.path("missing_permissions")));
    }
  }

  private static Caller caller(JsonNode principal) {
    Set<String> buckets = new HashSet<>(JwtVectors.texts(principal.path("buckets")));
    boolean isEverything = buckets.remove("*");
    List<String> permissions = JwtVectors.texts(principal.path("permissions"));
    return new Caller.Bearer(
        "user",
        "frontend-enhanced",
        Level.READ,
        Set.copyOf(permissions),
        new BucketScope(buckets, isEverything),
        Set.of(),
        "w",
        Instant.MAX,
        TokenDigest.of("t"));
  }

  static Stream<JwtVectors.Vector> vectors() {
    return JwtVectors.list("authorization");
  }
}
