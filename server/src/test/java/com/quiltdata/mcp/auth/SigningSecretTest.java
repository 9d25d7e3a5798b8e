package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SigningSecretTest {
  private static final String GOOD = UsedSecrets.note("a-good-one-0123456789-abcdefghij");

  @ParameterizedTest
  @MethodSource("keyLengthVectors")
  void judgesThePublishedKeyLengths(String secret, int bytes, String expected) {
    assertThat(secret.getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
    List<SecretFinding> findings = SigningSecret.of(secret).findings();
    boolean isRefused = findings.stream().anyMatch(SecretFinding::isFatal);

    assertThat(isRefused).isEqualTo(expected.startsWith("refuse"));
    assertThat(findings.contains(SecretFinding.SURROUNDING_SPACE))
        .isEqualTo(expected.contains("warn)"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void namesWhatIsWrong(String secret, List<SecretFinding> expected) {
    assertThat(SigningSecret.of(secret).findings()).isEqualTo(expected);
  }

  @Test
  void neverPrintsItself() {
    SigningKey key = SigningKey.of("kid", GOOD);

    assertThat(key + " " + TokenConfig.of(key) + " " + key.secret())
        .doesNotContain(GOOD, GOOD.substring(0, 8), GOOD.substring(24))
        .contains("***");
  }

  @Test
  void findingsSayTheRuleWithoutTheSecret() {
    assertThat(SecretFinding.values())
        .allSatisfy(finding -> {
          assertThat(finding.rule()).isNotBlank();
          assertThat(finding.rule()).doesNotContain("development-enhanced");
        });
  }

  static Stream<Arguments> keyLengthVectors() {
    return JwtVectors.list("key_length_cases")
        .map(JwtVectors.Vector::node)
        .map(node ->
            Arguments.of(
                node.path("secret").stringValue(),
                node.path("bytes").intValue(),
                node.path("expected_startup").stringValue()));
  }

  static Stream<Arguments> secrets() {
    return Stream.of(
        Arguments.of(GOOD, List.of()),
        Arguments.of("", List.of(SecretFinding.MISSING)),
        Arguments.of(
            "development-enhanced-jwt-secret",
            List.of(SecretFinding.TOO_SHORT, SecretFinding.PUBLISHED_DEFAULT)),
        Arguments.of(
            "development-enhanced-jwt-secret\n",
            List.of(SecretFinding.PUBLISHED_DEFAULT, SecretFinding.SURROUNDING_SPACE)),
        Arguments.of("x".repeat(64), List.of(SecretFinding.ONE_REPEATED_CHARACTER)),
        Arguments.of(
            " ".repeat(40),
            List.of(SecretFinding.ONE_REPEATED_CHARACTER, SecretFinding.SURROUNDING_SPACE)),
        Arguments.of("é".repeat(15) + "x", List.of(SecretFinding.TOO_SHORT)),
        Arguments.of("é".repeat(15) + "xy", List.of()),
        Arguments.of(GOOD + "\n", List.of(SecretFinding.SURROUNDING_SPACE)));
  }
}
