package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ToolSpecTest {
  private static final List<Parameter> PARAMETERS =
      List.of(Parameter.text("bucket", "A bucket").required().inHeader("Bucket"));

  @Test
  void describesArgumentsByItsParameters() {
    ObjectNode published =
        new ToolSpec(
                "one",
                "One",
                "Does one thing.",
                "test",
                PARAMETERS,
                JsonSchema.result(),
                ToolHints.READ_ONLY,
                ToolNeeds.nothing(),
                List.of())
            .toJson();
    assertThat(published.path("inputSchema"))
        .isEqualTo(
            json(
                """
                {"type": "object",
                 "properties": {"bucket": {"type": "string", "minLength": 1, "maxLength": 4096,
                                           "description": "A bucket", "x-mcp-header": "Bucket"}},
                 "required": ["bucket"], "additionalProperties": false}
                """));
    assertThat(published.path("outputSchema")).isEqualTo(JsonSchema.result());
  }

  @Test
  void publishesSchemasThatSayMoreAsTheyAre() {
    ObjectNode schema = json("{\"type\":\"object\",\"if\":{\"required\":[\"bucket\"]}}");
    ObjectNode published =
        new ToolSpec(
                "one",
                "One",
                "Does one thing.",
                "test",
                PARAMETERS,
                schema,
                Optional.empty(),
                ToolHints.READ_ONLY,
                ToolNeeds.nothing(),
                List.of())
            .toJson();
    assertThat(published.path("inputSchema")).isEqualTo(schema);
    assertThat(published.has("outputSchema")).isFalse();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) new StrictJson(JsonLimits.DEFAULT).read(text);
  }
}
