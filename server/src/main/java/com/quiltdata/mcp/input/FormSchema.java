package com.quiltdata.mcp.input;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The flat schemas of forms (MCP 2026-07-28, `PrimitiveSchemaDefinition`), and whether an answer
/// fits. Members that were not asked for are let through, as JSON Schema does.
final class FormSchema {
  private static final Set<String> TYPES =
      Set.of("string", "boolean", "integer", "number", "array");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");

  /// RFC 3339; Java alone would take times without seconds and years of five digits.
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

  /// The largest whole number that every JSON reader keeps (RFC 7493).
  private static final BigDecimal LARGEST_WHOLE = BigDecimal.valueOf((1L << 53) - 1);

  private FormSchema() {}

  /// Refuses a schema that is none of a form: no answer would ever fit.
  static void require(ObjectNode schema) {
    boolean isFlat =
        schema.path("type").asString("").equals("object")
            && schema
                .path("properties")
                .valueStream()
                .allMatch(property -> TYPES.contains(property.path("type").asString("")));
    if (!isFlat) {
      throw new IllegalArgumentException(
          "a form is a flat object of texts, numbers, flags and choices");
    }
    for (JsonNode name : schema.path("required")) {
      if (!schema.path("properties").has(name.asString(""))) {
        throw new IllegalArgumentException("a form requires what it does not ask for");
      }
    }
  }

  static boolean fits(ObjectNode schema, ObjectNode content) {
    for (JsonNode name : schema.path("required")) {
      if (!content.has(name.asString())) {
        return false;
      }
    }
    return schema
        .path("properties")
        .propertyStream()
        .allMatch(property ->
            !content.has(property.getKey())
                || fits(property.getValue(), content.path(property.getKey())));
  }

  private static boolean fits(JsonNode schema, JsonNode value) {
    return switch (schema.path("type").asString("")) {
      case "string" -> value.isString() && fitsText(schema, value.stringValue());
      case "boolean" -> value.isBoolean();
      case "integer" -> isWhole(value) && isWithin(schema, value);
      case "number" -> value.isNumber() && isWithin(schema, value);
      case "array" -> value.isArray() && fitsChoices(schema, value);
      default -> false;
    };
  }

  private static boolean fitsText(JsonNode schema, String text) {
    int length = text.codePointCount(0, text.length());
    return length >= schema.path("minLength").asInt(0)
        && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && hasFormat(schema.path("format").asString(""), text)
        && (!isChoice(schema) || choices(schema).anyMatch(text::equals));
  }

  private static boolean hasFormat(String format, String text) {
    try {
      return switch (format) {
        case "email" -> EMAIL.matcher(text).matches();
        case "uri" -> URI.create(text).isAbsolute();
        case "date" -> DATE.matcher(text).matches() && LocalDate.parse(text) != null;
        case "date-time" -> DATE_TIME.matcher(text).matches() && OffsetDateTime.parse(text) != null;
        default -> true;
      };
    } catch (IllegalArgumentException | DateTimeException _) {
      return false;
    }
  }

  private static boolean isChoice(JsonNode schema) {
    return schema.has("enum") || schema.has("oneOf") || schema.has("anyOf");
  }

  private static Stream<String> choices(JsonNode schema) {
    Stream<JsonNode> titled =
        Stream.of("oneOf", "anyOf").flatMap(name -> schema.path(name).valueStream());
    return Stream.concat(
        schema.path("enum").valueStream().map(JsonNode::asString),
        titled.map(choice -> choice.path("const").asString("")));
  }

  private static boolean fitsChoices(JsonNode schema, JsonNode list) {
    JsonNode items = schema.path("items");
    return list.size() >= schema.path("minItems").asInt(0)
        && list.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE)
        && list.valueStream()
            .allMatch(item ->
                item.isString()
                    && (!isChoice(items) || choices(items).anyMatch(item.stringValue()::equals)));
  }

  /// As JSON Schema has it, 5.0 is whole. What no handler could take as a `long` is not.
  private static boolean isWhole(JsonNode value) {
    if (!value.isNumber() || value.decimalValue().abs().compareTo(LARGEST_WHOLE) > 0) {
      return false;
    }
    return value.isIntegralNumber() || value.doubleValue() == Math.rint(value.doubleValue());
  }

  private static boolean isWithin(JsonNode schema, JsonNode value) {
    BigDecimal number = value.decimalValue();
    JsonNode least = schema.path("minimum");
    JsonNode most = schema.path("maximum");
    return (!least.isNumber() || number.compareTo(least.decimalValue()) >= 0)
        && (!most.isNumber() || number.compareTo(most.decimalValue()) <= 0);
  }
}
