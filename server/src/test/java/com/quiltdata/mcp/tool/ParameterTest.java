package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ParameterTest {
  @Test
  void keepsWhatWasSaidBefore() {
    Parameter parameter =
        Parameter.text("name", "A name")
            .taught("the name", "x")
            .inHeader("Name")
            .formerly("old")
            .upTo(7)
            .matching("x*", "many x")
            .required();
    assertThat(parameter.isRequired()).isTrue();
    assertThat(parameter.header()).contains("Name");
    assertThat(parameter.aliases()).containsExactly("old");
    assertThat(parameter.lesson()).contains("Specify the name (e.g., name='x')");
    assertThat(parameter.kind())
        .isInstanceOfSatisfying(
            ParameterKind.Text.class,
            text -> {
              assertThat(text.minChars()).isEqualTo(1);
              assertThat(text.maxChars()).isEqualTo(7);
              assertThat(text.shape().map(ParameterKind.Shape::words)).contains("many x");
            });
  }

  @Test
  void givesRulesOfTextsToTextsOnly() {
    assertThatThrownBy(() -> Parameter.flag("deep", "A flag").upTo(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("deep is no text");
  }
}
