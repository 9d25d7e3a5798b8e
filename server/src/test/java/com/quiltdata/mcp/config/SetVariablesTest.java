package com.quiltdata.mcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetVariablesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "${user_config.folder}", "${user_config.log_level}"})
  void fieldThatWasLeftEmptyIsNotSet(String text) {
    assertThat(SetVariables.of(Map.of("A", text, "B", "b"))).isEqualTo(Map.of("B", "b"));
    assertThat(
            Settings.resolve(Map.of(), Map.of("LOG_LEVEL", text), Map.of())
                .get(ProgramSettings.LOG_LEVEL))
        .isEqualTo(ProgramSettings.LogThreshold.INFO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "${HOME}",
        "$",
        "user_config.folder",
        "${user_config.folder}/data",
        "a${user_config.folder}",
        "${user_config.a}${user_config.b}",
        "${user_config.folder}\n"
      })
  void everyOtherTextIsAValue(String text) {
    assertThat(SetVariables.of(Map.of("A", text))).isEqualTo(Map.of("A", text));
  }

  @Test
  void olderNameCountsWhenTheNewOneIsAPlaceHolder() {
    Map<String, String> environment =
        Map.of("AWS_REGION", "${user_config.region}", "AWS_DEFAULT_REGION", "eu-west-1");
    assertThat(Settings.resolve(Map.of(), environment, Map.of()).get(StorageSettings.REGION))
        .isEqualTo("eu-west-1");
  }
}
