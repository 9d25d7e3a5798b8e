package com.quiltdata.mcp.quilt.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class RuleSchemaTest {
  /// What Python's jsonschema 4.26 says first.
  static Stream<JsonNode> reasons() {
    return Lines.of("reasons.jsonl");
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void givesTheReasonOfTheOfficialClient(JsonNode expected) {
    RuleSchema schema = RuleSchema.of(json(expected.get("schema").stringValue()));
    assertThat(schema.reason(json(expected.get("value").stringValue())).orElse(null))
        .isEqualTo(expected.get("reason").isNull() ? null : expected.get("reason").stringValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'$schema': 'http://json-schema.org/draft-04/schema#'}|its $schema is not",
        "{'$schema': 'http://json-schema.org/draft-07/schema'}|its $schema is not",
        "{'properties': {'a': {'$ref': '#/definitions/b'}}}|it holds a $ref",
        "{'required': 'a'}|it is no schema of draft-07",
        "{'type': 'strange'}|it is no schema of draft-07",
        "[]|it is no schema of draft-07",
        "{'pattern': '('}|the pattern '(' cannot be read",
        "{'patternProperties': {'\\\\Q': {}}}|the pattern '\\Q' holds \\Q, which is not known",
      })
  void refusesWhatIsNoSchemaOrRefers(String schema, String why) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> RuleSchema.of(json(schema.replace('\'', '"'))))
        .withMessageContaining(why);
  }

  @Test
  void cutsLongReasons() {
    RuleSchema schema = RuleSchema.of(json("{\"type\": \"null\"}"));
    String reason = schema.reason(StrictJson.NODES.stringNode("x".repeat(100_000))).orElseThrow();
    assertThat(reason).hasSizeLessThan(2_001).endsWith("…");
  }

  @Test
  void refusesWhatWouldTakeTooLong() {
    RuleSchema schema = RuleSchema.of(json("{\"allOf\": [%s]}".formatted(many("{}", 999))));
    JsonNode value = json("[%s]".formatted(many("1", 30_000)));
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> schema.reason(value))
        .withMessage("A schema of 1001 parts and a value of 30001 would take too long to check")
        .extracting(Fault::code)
        .isEqualTo(FaultCode.TOO_LARGE);
  }

  @Test
  void keepsOneErrorOfVeryMany() {
    RuleSchema schema =
        RuleSchema.of(
            json("{\"items\": {\"allOf\": [%s]}}".formatted(many("{\"type\": \"null\"}", 50))));
    assertThat(schema.reason(json("[%s]".formatted(many("1", 50_000)))))
        .contains("1 is not of type 'null'");
  }

  @Test
  void searchesUnderOneLimitForAWholeCheck() {
    RuleSchema schema = RuleSchema.of(json("{\"items\": {\"pattern\": \"(.*,){5}z\"}}"));
    String hard = "\"%s\"".formatted("x,".repeat(25));
    assertThat(schema.reason(json("[%s]".formatted(hard)))).isPresent();
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> schema.reason(json("[%s]".formatted(many(hard, 2_000)))))
        .withMessageContaining("takes too long to search for");
  }

  @Test
  void isGivenUpWithItsThread() {
    RuleSchema schema = RuleSchema.of(json("{\"pattern\": \"x\"}"));
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> schema.reason(json("\"abc\"")))
          .extracting(Fault::code)
          .isEqualTo(FaultCode.CANCELLED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static String many(String item, int count) {
    return String.join(",", Collections.nCopies(count, item));
  }

  private static JsonNode json(String text) {
    return QuiltFixtures.json(text);
  }
}
