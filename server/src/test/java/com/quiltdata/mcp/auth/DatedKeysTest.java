package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatedKeysTest {
  private static final String ONE = UsedSecrets.named("first");
  private static final String TWO = UsedSecrets.named("second");
  private static final Optional<String> KID = Optional.of("kid");
  private static final Instant CHANGED = Instant.ofEpochSecond(1_790_000_000);
  private static final Duration OVERLAP = Duration.ofHours(1);

  private static DatedKeys keys(String current, Optional<String> previous) {
    return DatedKeys.of(new StoredSecret(current, previous, CHANGED), KID, "The place");
  }

  @Test
  void aTextIsOneSecretUnderTheConfiguredKeyId() {
    assertThat(keys(ONE, Optional.empty()).current()).containsExactly(SigningKey.of("kid", ONE));
    assertThat(
            DatedKeys.of(
                    new StoredSecret(ONE, Optional.empty(), CHANGED), Optional.empty(), "The place")
                .current())
        .containsExactly(SigningKey.of("", ONE));
  }

  @Test
  void anObjectIsSeveralSecretsEachUnderItsKeyId() {
    assertThat(
            keys("{\"b\": \"%s\", \"a\": \"%s\"}".formatted(ONE, TWO), Optional.empty()).current())
        .containsExactly(SigningKey.of("b", ONE), SigningKey.of("a", TWO));
  }

  @Test
  void previousKeysHoldForAWhileAfterTheChange() {
    DatedKeys keys = keys(TWO, Optional.of(ONE));
    SigningKey now = SigningKey.of("kid", TWO);
    SigningKey before = SigningKey.of("kid", ONE);

    assertThat(keys.at(CHANGED, OVERLAP)).containsExactly(now, before);
    assertThat(keys.at(CHANGED.plusSeconds(3_599), OVERLAP)).containsExactly(now, before);
    assertThat(keys.at(CHANGED.plusSeconds(3_600), OVERLAP)).containsExactly(now);
    assertThat(keys.at(CHANGED, Duration.ZERO)).containsExactly(now);
    // Clocks that jump: back, the old key holds again; ahead, it ends early.
    assertThat(keys.at(CHANGED.minusSeconds(3_600), OVERLAP)).containsExactly(now, before);
  }

  @Test
  void previousSecretThatIsTheSameOrNotFitIsLeftOut() {
    assertThat(keys(ONE, Optional.of(ONE)).at(CHANGED, OVERLAP)).hasSize(1);
    assertThat(keys(ONE, Optional.of("short")).at(CHANGED, OVERLAP)).hasSize(1);
    assertThat(keys(ONE, Optional.of("{")).at(CHANGED, OVERLAP)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                              | is missing
          short-secret-0123456789abcdef                   | is shorter than 32 bytes
          development-enhanced-jwt-secret                 | is shorter than 32 bytes
          `development-enhanced-jwt-secret  `             | is the published default
          aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  | is one repeated character
          {}                                              | holds no secret
          {"a":                                           | begins like a JSON object
          {"a":"short-secret-0123456789abcdef"}           | is shorter than 32 bytes
          {"a":["0123456789-0123456789-0123456789-0123"]} | not all key ids with a secret
          {"a":7}                                         | not all key ids with a secret
          {" ":"0123456789-0123456789-0123456789-0123"}   | not all key ids with a secret
          {"a":"0123456789-0123456789-0123456789-01","a":"0123456789-0123456789-0123456789-01"} | begins like a JSON object
          """)
  void refusesWhatIsNotFitWithoutShowingIt(String text, String rule) {
    Fault fault = catchThrowableOfType(Fault.class, () -> keys(text, Optional.of(ONE)));
    assertThat(fault.code()).isEqualTo(FaultCode.CORRUPT_DATA);
    assertThat(fault.text()).startsWith("The place ").contains(rule);
    assertThat(fault.text()).doesNotContain("0123456789", "aaaa");
  }

  @Test
  void refusesMoreThanEightSecrets() {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < 9; i++) {
      object.append(i == 0 ? "" : ",").append("\"k%d\":\"%s%d\"".formatted(i, ONE, i));
    }
    object.append("}");
    assertThat(
            catchThrowableOfType(Fault.class, () -> keys(object.toString(), Optional.empty()))
                .text())
        .contains("more than 8 secrets");
  }

  @Test
  void tellsOfWhiteSpaceWhichCounts() {
    assertThat(keys(ONE + "\n", Optional.empty()).hasSpace()).isTrue();
    assertThat(keys(ONE, Optional.of(TWO + "\n")).hasSpace()).isFalse();
  }

  @Test
  void neverPrintsASecret() {
    StoredSecret stored = new StoredSecret(ONE, Optional.of(TWO), CHANGED);
    assertThat(List.of(stored, DatedKeys.of(stored, KID, "The place")).toString())
        .doesNotContain(ONE, TWO);
  }
}
