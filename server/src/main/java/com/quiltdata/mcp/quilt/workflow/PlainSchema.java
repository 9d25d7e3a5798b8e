package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.json.StrictJson;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas and values in the form in which the validator is given them: whole numbers as integers
/// however they are written, and schemas without names, which only references would need.
final class PlainSchema {
  private static final Set<String> NAMES = Set.of("$id", "id", "$schema");

  /// Keywords whose value holds schemas by names that somebody chose.
  private static final Set<String> BY_NAME =
      Set.of("properties", "patternProperties", "definitions", "dependencies");

  private static final Set<String> DATA = Set.of("enum", "const", "default", "examples");

  private PlainSchema() {}

  static JsonNode of(JsonNode schema) {
    return switch (schema) {
      case ObjectNode object -> {
        ObjectNode plain = StrictJson.NODES.objectNode();
        object.forEachEntry((name, value) -> {
          if (DATA.contains(name)) {
            plain.set(name, plainNumbers(value));
          } else if (BY_NAME.contains(name) && value instanceof ObjectNode schemas) {
            ObjectNode members = plain.putObject(name);
            schemas.forEachEntry((member, part) -> members.set(member, of(part)));
          } else if (!NAMES.contains(name)) {
            plain.set(name, of(value));
          }
        });
        yield plain;
      }
      case ArrayNode array -> {
        ArrayNode plain = StrictJson.NODES.arrayNode();
        array.forEach(part -> plain.add(of(part)));
        yield plain;
      }
      default -> plainNumbers(schema);
    };
  }

  /// How many values there are in a tree, itself included.
  static long parts(JsonNode tree) {
    long parts = 1;
    for (JsonNode child : tree) {
      parts += parts(child);
    }
    return parts;
  }

  static JsonNode plainNumbers(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode plain = StrictJson.NODES.objectNode();
        object.forEachEntry((name, member) -> plain.set(name, plainNumbers(member)));
        yield plain;
      }
      case ArrayNode array -> {
        ArrayNode plain = StrictJson.NODES.arrayNode();
        array.forEach(item -> plain.add(plainNumbers(item)));
        yield plain;
      }
      default -> value.isFloatingPointNumber() ? plainNumber(value) : value;
    };
  }

  private static JsonNode plainNumber(JsonNode value) {
    double number = value.doubleValue();
    // A number of YAML may have no end.
    return Double.isFinite(number) && number == Math.rint(number)
        ? StrictJson.NODES.numberNode(value.decimalValue().toBigIntegerExact())
        : value;
  }
}
