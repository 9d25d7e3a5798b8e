package com.quiltdata.mcp.quilt.workflow;

import com.networknt.schema.Error;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Says why a value breaks a keyword, in the words of the official client.
final class KeywordReason {
  private static final int MAX_CHARS = 2_000;

  private KeywordReason() {}

  static String text(String keyword, JsonNode schema, JsonNode value, Error error) {
    return cut(Quoted.visible(words(keyword, schema, value, error)));
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_CHARS / 2)) + "…";
  }

  private static String words(String keyword, JsonNode schema, JsonNode value, Error error) {
    JsonNode rule = schema.path(keyword);
    String it = PythonText.of(value);
    String limit = PythonText.of(rule);
    return switch (keyword) {
      case "false" -> "False schema does not allow " + it;
      case "type" ->
          "%s is not of type %s"
              .formatted(it, joined(rule.isArray() ? rule.valueStream() : Stream.of(rule)));
      case "enum" -> "%s is not one of %s".formatted(it, limit);
      case "const" -> limit + " was expected";
      case "required" -> PythonText.of(part(error)) + " is a required property";
      case "minimum" -> "%s is less than the minimum of %s".formatted(it, limit);
      case "maximum" -> "%s is greater than the maximum of %s".formatted(it, limit);
      case "exclusiveMinimum" ->
          "%s is less than or equal to the minimum of %s".formatted(it, limit);
      case "exclusiveMaximum" ->
          "%s is greater than or equal to the maximum of %s".formatted(it, limit);
      case "multipleOf" -> "%s is not a multiple of %s".formatted(it, limit);
      case "pattern" -> "%s does not match %s".formatted(it, limit);
      case "minLength", "minItems" ->
          it + (rule.asInt() == 1 ? " should be non-empty" : " is too short");
      case "maxLength", "maxItems" ->
          it + (rule.asInt() == 0 ? " is expected to be empty" : " is too long");
      case "minProperties" ->
          it + (rule.asInt() == 1 ? " should be non-empty" : " does not have enough properties");
      case "maxProperties" ->
          it + (rule.asInt() == 0 ? " is expected to be empty" : " has too many properties");
      case "uniqueItems" -> it + " has non-unique elements";
      case "contains" -> "None of %s are valid under the given schema".formatted(it);
      case "additionalItems" -> {
        List<JsonNode> extras = value.valueStream().skip(schema.path("items").size()).toList();
        yield "Additional items are not allowed (%s %s unexpected)"
            .formatted(joined(extras.stream()), extras.size() == 1 ? "was" : "were");
      }
      case "additionalProperties" -> additionalProperties(schema, value);
      case "propertyNames" -> {
        JsonNode name = StrictJson.NODES.stringNode(part(error));
        yield RuleSchema.of(rule).reason(name).orElse(PythonText.of(name) + " is no such name");
      }
      case "dependencies" -> dependencies(rule.path(part(error)), value, part(error));
      case "anyOf" -> it + " is not valid under any of the given schemas";
      case "oneOf" -> oneOf(rule, value);
      case "not" -> "%s should not be valid under %s".formatted(it, limit);
      default -> "%s breaks the rule %s".formatted(it, PythonText.of(keyword));
    };
  }

  private static String part(Error error) {
    String part = error.getProperty();
    return part == null ? "" : part;
  }

  private static String joined(Stream<JsonNode> parts) {
    return parts.map(PythonText::of).collect(Collectors.joining(", "));
  }

  private static String additionalProperties(JsonNode schema, JsonNode value) {
    List<String> patterns =
        new ArrayList<>(new TreeSet<>(schema.path("patternProperties").propertyNames()));
    TreeSet<String> extras = new TreeSet<>(value.propertyNames());
    extras.removeAll(schema.path("properties").propertyNames());
    patterns.forEach(pattern -> extras.removeIf(PythonPattern.compile(pattern)::find));
    String names = extras.stream().map(PythonText::of).collect(Collectors.joining(", "));
    return patterns.isEmpty()
        ? "Additional properties are not allowed (%s %s unexpected)"
            .formatted(names, extras.size() == 1 ? "was" : "were")
        : "%s %s not match any of the regexes: %s"
            .formatted(
                names,
                extras.size() == 1 ? "does" : "do",
                patterns.stream().map(PythonText::of).collect(Collectors.joining(", ")));
  }

  private static String dependencies(JsonNode needed, JsonNode value, String name) {
    return needed
        .valueStream()
        .map(JsonNode::asString)
        .filter(other -> !value.has(other))
        .findFirst()
        .map(other ->
            "%s is a dependency of %s".formatted(PythonText.of(other), PythonText.of(name)))
        .orElse(PythonText.of(name) + " breaks the rule 'dependencies'");
  }

  /// The validator counts no further than two.
  private static String oneOf(JsonNode schemas, JsonNode value) {
    List<JsonNode> fitting =
        new ArrayList<>(
            schemas
                .valueStream()
                .filter(schema -> RuleSchema.of(schema).reason(value).isEmpty())
                .toList());
    if (fitting.isEmpty()) {
      return PythonText.of(value) + " is not valid under any of the given schemas";
    }
    // The client finds the first one first, and names it last.
    fitting.add(fitting.removeFirst());
    return "%s is valid under each of %s".formatted(PythonText.of(value), joined(fitting.stream()));
  }
}
