package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes JSON Schema 2020-12: the arguments of a tool from its parameters, its result by hand.
public final class JsonSchema {
  private JsonSchema() {}

  /// The arguments of a tool, where its parameters say all.
  ///
  /// @param parameters in the order in which they are published
  /// @return an object schema
  public static ObjectNode ofParameters(List<Parameter> parameters) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = StrictJson.NODES.arrayNode();
    for (Parameter parameter : parameters) {
      properties.set(parameter.name(), of(parameter));
      if (parameter.isRequired()) {
        required.add(parameter.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode of(Parameter parameter) {
    ObjectNode schema =
        switch (parameter.kind()) {
          case ParameterKind.Text text -> {
            ObjectNode node = typed("string");
            if (text.minChars() > 0) {
              node.put("minLength", text.minChars());
            }
            node.put("maxLength", text.maxChars());
            text.shape().ifPresent(shape -> node.put("pattern", "^(?:" + shape.pattern() + ")$"));
            if (!text.choices().isEmpty()) {
              ArrayNode choices = node.putArray("enum");
              text.choices().forEach(choices::add);
            }
            yield node;
          }
          case ParameterKind.Whole whole ->
              typed("integer").put("minimum", whole.min()).put("maximum", whole.max());
          case ParameterKind.Flag _ -> typed("boolean");
          case ParameterKind.Texts texts -> {
            ObjectNode node = typed("array");
            node.set("items", typed("string"));
            if (texts.minItems() > 0) {
              node.put("minItems", texts.minItems());
            }
            yield node.put("maxItems", texts.maxItems());
          }
          case ParameterKind.Structure _ -> typed("object");
          case ParameterKind.Structures structures -> {
            ObjectNode node = typed("array");
            node.set("items", ofParameters(structures.members()));
            yield node.put("minItems", structures.minItems())
                .put("maxItems", structures.maxItems());
          }
        };
    schema.put("description", parameter.description());
    parameter.fallback().ifPresent(value -> schema.set("default", value));
    parameter.header().ifPresent(name -> schema.put("x-mcp-header", name));
    return schema;
  }

  /// A result: the members of success beside the ones that failures have.
  ///
  /// Only `success` is required, since one schema describes both.
  ///
  /// @param members made by [#member] and [#optional]
  /// @return an object schema
  public static ObjectNode result(Member... members) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("success", bool("Whether the call did what it should"));
    for (Member member : members) {
      properties.set(member.name(), member.schema());
    }
    properties.set("error", string("What went wrong, for the user"));
    properties.set("code", string("Stable code of the failure, for example not_found"));
    properties.set("cause", string("What lay behind it, where error does not say"));
    properties.set("possible_fixes", array("What may help", string("A proposal")));
    schema.putArray("required").add("success");
    return schema;
  }

  /// A named part of an object.
  ///
  /// @param name on the wire
  /// @param schema of its value
  /// @param isRequired whether it is always there
  public record Member(String name, ObjectNode schema, boolean isRequired) {}

  /// Names a schema of something that is always there, in a success.
  public static Member member(String name, ObjectNode schema) {
    return new Member(name, schema, true);
  }

  /// Names a schema of something that may be left out.
  public static Member optional(String name, ObjectNode schema) {
    return new Member(name, schema, false);
  }

  /// A text.
  public static ObjectNode string(String description) {
    return typed("string").put("description", description);
  }

  /// A text or null.
  public static ObjectNode stringOrNull(String description) {
    ObjectNode schema = StrictJson.NODES.objectNode();
    schema.putArray("type").add("string").add("null");
    return schema.put("description", description);
  }

  /// An integer.
  public static ObjectNode integer(String description) {
    return typed("integer").put("description", description);
  }

  /// A number.
  public static ObjectNode number(String description) {
    return typed("number").put("description", description);
  }

  /// True or false.
  public static ObjectNode bool(String description) {
    return typed("boolean").put("description", description);
  }

  /// Any value.
  public static ObjectNode any(String description) {
    return StrictJson.NODES.objectNode().put("description", description);
  }

  /// An object without a fixed set of members.
  public static ObjectNode map(String description) {
    return typed("object").put("description", description);
  }

  /// An integer or null.
  public static ObjectNode integerOrNull(String description) {
    ObjectNode schema = StrictJson.NODES.objectNode();
    schema.putArray("type").add("integer").add("null");
    return schema.put("description", description);
  }

  /// An object with these members.
  public static ObjectNode object(String description, Member... members) {
    ObjectNode schema = typed("object").put("description", description);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = StrictJson.NODES.arrayNode();
    for (Member member : members) {
      properties.set(member.name(), member.schema());
      if (member.isRequired()) {
        required.add(member.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  /// A list.
  public static ObjectNode array(String description, ObjectNode items) {
    ObjectNode schema = typed("array").put("description", description);
    schema.set("items", items);
    return schema;
  }

  private static ObjectNode typed(String type) {
    return StrictJson.NODES.objectNode().put("type", type);
  }
}
