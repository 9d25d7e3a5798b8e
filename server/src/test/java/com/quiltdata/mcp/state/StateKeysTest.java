package com.quiltdata.mcp.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.UsedSecrets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateKeysTest {
  private static List<StateKeys.Key> keys(String purpose, String... secrets) {
    return SignerTest.keys(secrets).forPurpose(purpose, "AES");
  }

  @Test
  void derivesTheSameKeysOnEveryReplica() {
    assertThat(keys("one", "secret")).isEqualTo(keys("one", "secret"));
  }

  @Test
  void derivesAKeyForEachPurposeUnderOneId() {
    StateKeys.Key one = keys("one", "secret").getFirst();
    StateKeys.Key other = keys("other", "secret").getFirst();
    assertThat(one.id()).isEqualTo(other.id()).matches("[A-Za-z0-9_-]{4}");
    assertThat(one.material()).isNotEqualTo(other.material());
    assertThat(one.material().getEncoded()).hasSize(32);
  }

  @Test
  void tellsSecretsApartByTheIdsOfTheirKeys() {
    assertThat(keys("one", "secret", "older"))
        .extracting(StateKeys.Key::id)
        .doesNotHaveDuplicates()
        .containsExactly(
            keys("one", "secret").getFirst().id(), keys("one", "older").getFirst().id());
  }

  @Test
  void aKeyDoesNotShowItsMaterial() {
    StateKeys.Key key = keys("one", "secret").getFirst();
    assertThat(key.toString())
        .doesNotContain(UsedSecrets.named("secret"))
        .doesNotContain(HexFormat.of().formatHex(key.material().getEncoded()));
  }

  @Test
  void everyProcessHasKeysOfItsOwn() {
    SecureRandom random = new SecureRandom();
    assertThat(StateKeys.ofProcess(random).forPurpose("one", "AES"))
        .isNotEqualTo(StateKeys.ofProcess(random).forPurpose("one", "AES"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void anEmptySecretIsNone(String secret) {
    assertThatThrownBy(() -> StateKeys.of(List.of(UsedSecrets.named("good"), secret)))
        .hasMessage("no secret");
  }

  @Test
  void thereIsAtLeastOneSecret() {
    assertThatThrownBy(() -> StateKeys.of(List.of())).hasMessage("no secret");
  }
}
