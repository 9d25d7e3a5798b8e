package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.json.StrictJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One argument of a tool, as it is published and checked.
///
/// @param name on the wire, snake case
/// @param kind its type and bounds
/// @param description for models
/// @param isRequired whether a call must give it
/// @param fallback its value when it is not given; empty: it stays absent
/// @param aliases older names that are still taken
/// @param header the `x-mcp-header` name under which clients of 2026-07-28 repeat it as a header
/// @param lesson what a client that left it out is told to do
/// @param words older values that are still taken, and what they mean now
public record Parameter(
    String name,
    ParameterKind kind,
    String description,
    boolean isRequired,
    Optional<JsonNode> fallback,
    List<String> aliases,
    Optional<String> header,
    Optional<String> lesson,
    Map<String, JsonNode> words) {

  /// Copies the aliases and words.
  public Parameter {
    aliases = List.copyOf(aliases);
    words = Map.copyOf(words);
  }

  private static Parameter of(String name, ParameterKind kind, String description) {
    return new Parameter(
        name,
        kind,
        description,
        false,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /// A text of up to 4,096 characters that may be left out.
  ///
  /// @param name on the wire
  /// @param description for models
  /// @return the parameter
  public static Parameter text(String name, String description) {
    return of(name, new ParameterKind.Text(0, 4_096, Optional.empty(), List.of()), description);
  }

  /// An integer within bounds.
  ///
  /// @param name on the wire
  /// @param min smallest
  /// @param max largest
  /// @param description for models
  /// @return the parameter
  public static Parameter whole(String name, long min, long max, String description) {
    return of(name, new ParameterKind.Whole(min, max), description);
  }

  /// True or false.
  ///
  /// @param name on the wire
  /// @param description for models
  /// @return the parameter
  public static Parameter flag(String name, String description) {
    return of(name, new ParameterKind.Flag(), description);
  }

  /// A list of texts.
  ///
  /// @param name on the wire
  /// @param maxItems most
  /// @param description for models
  /// @return the parameter
  public static Parameter texts(String name, int maxItems, String description) {
    return of(name, new ParameterKind.Texts(0, maxItems, "items"), description);
  }

  /// The same list, whose items have a name of their own.
  ///
  /// @param plural for people, for example `S3 URIs`
  /// @return the parameter
  public Parameter holding(String plural) {
    if (!(kind instanceof ParameterKind.Texts texts)) {
      throw new IllegalStateException(name + " is no list of texts");
    }
    return new Parameter(
        name,
        new ParameterKind.Texts(texts.minItems(), texts.maxItems(), plural),
        description,
        isRequired,
        fallback,
        aliases,
        header,
        lesson,
        words);
  }

  /// An object with members of the caller's choice.
  ///
  /// @param name on the wire
  /// @param maxBytes most as JSON text
  /// @param description for models
  /// @return the parameter
  public static Parameter structure(String name, int maxBytes, String description) {
    return of(name, new ParameterKind.Structure(maxBytes), description);
  }

  /// A list of objects, at least one.
  ///
  /// @param name on the wire
  /// @param maxItems most
  /// @param members of each
  /// @param description for models
  /// @return the parameter
  public static Parameter structures(
      String name, int maxItems, List<Parameter> members, String description) {
    return of(name, new ParameterKind.Structures(members, 1, maxItems), description);
  }

  /// The same, but a call must give it, and a text or list may not be empty.
  public Parameter required() {
    ParameterKind stricter =
        switch (kind) {
          case ParameterKind.Text text ->
              new ParameterKind.Text(
                  Math.max(1, text.minChars()), text.maxChars(), text.shape(), text.choices());
          case ParameterKind.Texts texts ->
              new ParameterKind.Texts(
                  Math.max(1, texts.minItems()), texts.maxItems(), texts.plural());
          case ParameterKind.Whole _,
              ParameterKind.Flag _,
              ParameterKind.Structure _,
              ParameterKind.Structures _ ->
              kind;
        };
    return new Parameter(
        name, stricter, description, true, fallback, aliases, header, lesson, words);
  }

  /// The same with a default text.
  public Parameter or(String value) {
    return or(StrictJson.NODES.stringNode(value));
  }

  /// The same with a default number.
  public Parameter or(long value) {
    return or(StrictJson.NODES.numberNode(value));
  }

  /// The same with a default choice.
  public Parameter or(boolean value) {
    return or(StrictJson.NODES.booleanNode(value));
  }

  private Parameter or(JsonNode value) {
    return new Parameter(
        name, kind, description, isRequired, Optional.of(value), aliases, header, lesson, words);
  }

  /// The same text, which must match a pattern as a whole.
  ///
  /// @param regex must be linear in the input: no nested quantifiers
  /// @param words the rule in words, for example `NAMESPACE/NAME`
  /// @return the parameter
  public Parameter matching(String regex, String words) {
    ParameterKind.Shape shape = new ParameterKind.Shape(Pattern.compile(regex), words);
    return text(old ->
        new ParameterKind.Text(old.minChars(), old.maxChars(), Optional.of(shape), old.choices()));
  }

  /// The same text, one of a few.
  public Parameter oneOf(String... choices) {
    return text(old ->
        new ParameterKind.Text(old.minChars(), old.maxChars(), old.shape(), List.of(choices)));
  }

  /// The same text with another greatest length.
  public Parameter upTo(int maxChars) {
    return text(
        old -> new ParameterKind.Text(old.minChars(), maxChars, old.shape(), old.choices()));
  }

  /// The same, still taken under older names.
  public Parameter formerly(String... names) {
    return new Parameter(
        name, kind, description, isRequired, fallback, List.of(names), header, lesson, words);
  }

  /// The same, repeated by clients as the header `Mcp-Param-{headerName}`.
  public Parameter inHeader(String headerName) {
    return new Parameter(
        name,
        kind,
        description,
        isRequired,
        fallback,
        aliases,
        Optional.of(headerName),
        lesson,
        words);
  }

  /// The same; a client that leaves it out is told what to give, with an example.
  ///
  /// @param what the thing, for example `target S3 bucket`
  /// @param example a value
  /// @return the parameter
  public Parameter taught(String what, String example) {
    return new Parameter(
        name,
        kind,
        description,
        isRequired,
        fallback,
        aliases,
        header,
        Optional.of("Specify %s (e.g., %s='%s')".formatted(what, name, example)),
        words);
  }

  /// The same, still taking words for a choice.
  ///
  /// @param meanings of older values
  /// @return the parameter
  public Parameter understanding(Map<String, Boolean> meanings) {
    Map<String, JsonNode> nodes = new HashMap<>();
    meanings.forEach((word, meaning) -> nodes.put(word, StrictJson.NODES.booleanNode(meaning)));
    return new Parameter(
        name, kind, description, isRequired, fallback, aliases, header, lesson, nodes);
  }

  private Parameter text(UnaryOperator<ParameterKind.Text> change) {
    if (!(kind instanceof ParameterKind.Text text)) {
      throw new IllegalStateException(name + " is no text");
    }
    return new Parameter(
        name,
        change.apply(text),
        description,
        isRequired,
        fallback,
        aliases,
        header,
        lesson,
        words);
  }
}
