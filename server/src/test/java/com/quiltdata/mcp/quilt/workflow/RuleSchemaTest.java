package com.quiltdata.mcp.quilt.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.QuiltFixtures;
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

  private static JsonNode json(String text) {
    return QuiltFixtures.json(text);
  }
}
