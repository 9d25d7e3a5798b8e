package com.quiltdata.mcp.quilt.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PythonPatternTest {
  /// What Python's `re.search` finds, and what `re.compile` refuses.
  static Stream<JsonNode> patterns() {
    return Lines.of("patterns.jsonl");
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void findsWhatPythonFinds(JsonNode expected) {
    String pattern = expected.get("pattern").stringValue();
    if (expected.has("refused")) {
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> PythonPattern.compile(pattern))
          .withMessageStartingWith("the pattern ");
    } else {
      assertThat(PythonPattern.compile(pattern).find(expected.get("text").stringValue()))
          .isEqualTo(expected.get("found").booleanValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*,){20}x"})
  void endsASearchThatWouldNot(String pattern) {
    PythonPattern compiled = PythonPattern.compile(pattern);
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> compiled.find("a,".repeat(30) + "a".repeat(50_000) + "!"))
        .withMessageContaining("takes too long to search for");
  }

  @Test
  void refusesLongExpressions() {
    PythonPattern.compile("a".repeat(200));
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> PythonPattern.compile("a".repeat(201)))
        .withMessageContaining("is over 200 characters");
  }
}
