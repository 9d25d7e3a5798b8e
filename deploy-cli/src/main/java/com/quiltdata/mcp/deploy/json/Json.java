package com.quiltdata.mcp.deploy.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees that keep numbers as they were written.
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /// An empty object.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// An empty array.
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /// Reads one value.
  ///
  /// @throws IllegalArgumentException when the bytes are no JSON
  public static JsonNode read(byte[] utf8) {
    try {
      return MAPPER.readTree(utf8);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// Reads one object.
  ///
  /// @throws IllegalArgumentException when the text is no JSON object
  public static ObjectNode readObject(String text) {
    if (read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /// On one line.
  public static byte[] bytes(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  /// On one line.
  public static String text(JsonNode json) {
    return MAPPER.writeValueAsString(json);
  }

  /// Indented, for people.
  public static String pretty(JsonNode json) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }
}
