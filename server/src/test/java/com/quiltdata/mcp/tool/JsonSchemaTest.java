package com.quiltdata.mcp.tool;

import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class JsonSchemaTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private static JsonNode json(String text) {
    return JSON.read(text);
  }

  @Test
  void writesParameters() {
    assertThat(
            JsonSchema.ofParameters(
                List.of(
                    Parameter.text("name", "N").upTo(9).matching("a|b", "a or b").required(),
                    Parameter.text("color", "C").upTo(9).oneOf("red").or("red"),
                    Parameter.whole("count", 1, 2, "W").or(1).inHeader("Count"),
                    Parameter.flag("deep", "F").or(true),
                    Parameter.texts("tags", 3, "T"))))
        .hasToString(
            json("""
            {"type": "object", "properties": {
              "name": {"type": "string", "minLength": 1, "maxLength": 9,
                "pattern": "^(?:a|b)$", "description": "N"},
              "color": {"type": "string", "maxLength": 9, "enum": ["red"],
                "description": "C", "default": "red"},
              "count": {"type": "integer", "minimum": 1, "maximum": 2, "description": "W",
                "default": 1, "x-mcp-header": "Count"},
              "deep": {"type": "boolean", "description": "F", "default": true},
              "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3,
                "description": "T"}},
             "required": ["name"], "additionalProperties": false}
            """)
                .toString());
    assertThat(JsonSchema.ofParameters(List.of()))
        .isEqualTo(json("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}"));
  }

  @Test
  void requiresOfAResultOnlyWhatFailuresHaveToo() {
    JsonNode schema = result(member("size", integer("S")));
    assertThat(schema.get("required")).isEqualTo(json("[\"success\"]"));
    assertThat(schema.get("properties").propertyNames())
        .containsExactly("success", "size", "error", "code", "cause", "possible_fixes");
  }

  @Test
  void requiresOfAnObjectWhatIsAlwaysThere() {
    JsonNode schema = object("O", member("a", string("A")), optional("b", string("B")));
    assertThat(schema.get("required")).isEqualTo(json("[\"a\"]"));
    assertThat(object("O", optional("b", string("B"))).has("required")).isFalse();
  }
}
