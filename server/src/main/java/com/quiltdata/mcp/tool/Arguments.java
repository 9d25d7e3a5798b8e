package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of one call, checked against the tool's parameters and with defaults filled in.
public final class Arguments {
  private final ObjectNode values;

  private Arguments(ObjectNode values) {
    this.values = values;
  }

  /// Checks what a client sent.
  ///
  /// @param spec the tool
  /// @param sent the arguments of the call
  /// @return checked arguments
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] naming the argument and the rule
  static Arguments check(ToolSpec spec, ObjectNode sent) {
    Arguments arguments = check(spec.name(), spec.parameters(), sent);
    spec.rules().forEach(rule -> rule.checkCall(arguments));
    return arguments;
  }

  /// Checks an item of a list of objects.
  ///
  /// @param list the parameter that holds it
  /// @param item as it was sent
  /// @return its members, checked, and with defaults filled in
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] naming the member and the rule
  public static Arguments ofItem(Parameter list, JsonNode item) {
    if (list.kind() instanceof ParameterKind.Structures structures
        && item instanceof ObjectNode sent) {
      return check("an item of " + list.name(), structures.members(), sent);
    }
    throw new IllegalStateException(list.name() + " is no list of objects");
  }

  private static Arguments check(String owner, List<Parameter> parameters, ObjectNode sent) {
    Set<String> known = new HashSet<>();
    ObjectNode values = StrictJson.NODES.objectNode();
    for (Parameter parameter : parameters) {
      known.add(parameter.name());
      known.addAll(parameter.aliases());
      given(parameter, sent)
          .or(parameter::fallback)
          .ifPresentOrElse(
              value -> values.set(parameter.name(), checked(parameter, value)),
              () -> {
                if (parameter.isRequired()) {
                  throw missing(owner, parameter);
                }
              });
    }
    for (String name : sent.propertyNames()) {
      if (!known.contains(name)) {
        throw invalid(
            "%s has no argument %s; it takes %s"
                .formatted(owner, Quoted.of(name), names(parameters)));
      }
    }
    return new Arguments(values);
  }

  /// Teaches, because a model that reads this text is the one to mend the call.
  private static Fault missing(String owner, Parameter parameter) {
    String name = parameter.name();
    return invalid(
        "%s parameter is required for %s. %s"
            .formatted(
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                owner,
                parameter.lesson().orElse(parameter.description())));
  }

  private static String names(List<Parameter> parameters) {
    return parameters.isEmpty()
        ? "none"
        : parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
  }

  /// The value under the name or one of its aliases. Null counts as not given, and so does an empty
  /// text where a call must give one.
  private static Optional<JsonNode> given(Parameter parameter, ObjectNode sent) {
    Optional<String> used = Optional.of(parameter.name()).filter(sent::hasNonNull);
    for (String alias : parameter.aliases()) {
      if (sent.hasNonNull(alias)) {
        if (used.isPresent()) {
          throw invalid(
              "'%s' and '%s' are the same argument: give one".formatted(used.get(), alias));
        }
        used = Optional.of(alias);
      }
    }
    return used.map(sent::get)
        .map(value ->
            value.isString() ? parameter.words().getOrDefault(value.stringValue(), value) : value)
        .filter(value ->
            !(parameter.isRequired() && value.isString() && value.stringValue().isEmpty()));
  }

  private static JsonNode checked(Parameter parameter, JsonNode value) {
    String name = parameter.name();
    switch (parameter.kind()) {
      case ParameterKind.Text text -> {
        require(value.isString(), name, "must be a string");
        String string = value.stringValue();
        int length = string.codePointCount(0, string.length());
        require(
            length <= text.maxChars(),
            name,
            () -> "is longer than %d characters".formatted(text.maxChars()));
        require(
            text.choices().isEmpty() || text.choices().contains(string),
            name,
            () -> "must be one of " + String.join(", ", text.choices()));
        text.shape()
            .ifPresent(shape ->
                require(
                    shape.pattern().matcher(string).matches(),
                    name,
                    () ->
                        "is %s but must look like %s".formatted(Quoted.of(string), shape.words())));
      }
      case ParameterKind.Whole whole -> {
        require(isWhole(value), name, "must be an integer");
        require(
            value.canConvertToLong()
                && value.longValue() >= whole.min()
                && value.longValue() <= whole.max(),
            name,
            () -> "must be from %d to %d".formatted(whole.min(), whole.max()));
        return StrictJson.NODES.numberNode(value.longValue());
      }
      case ParameterKind.Flag _ -> require(value.isBoolean(), name, "must be true or false");
      case ParameterKind.Texts texts -> {
        require(value.isArray(), name, "must be a list of strings");
        if (value.isEmpty() && texts.minItems() > 0) {
          throw invalid(
              "No %s provided: argument '%s' must hold %d to %d of them"
                  .formatted(texts.plural(), name, texts.minItems(), texts.maxItems()));
        }
        require(
            value.size() >= texts.minItems() && value.size() <= texts.maxItems(),
            name,
            () -> "must hold %d to %d items".formatted(texts.minItems(), texts.maxItems()));
        value.forEach(item -> require(item.isString(), name, "must be a list of strings"));
      }
      case ParameterKind.Structure structure -> {
        require(value.isObject(), name, "must be an object");
        require(
            VisibleJson.bytes(value) <= structure.maxBytes(),
            name,
            () -> "is longer than %d bytes".formatted(structure.maxBytes()));
      }
      case ParameterKind.Structures structures -> {
        require(value.isArray(), name, "must be a list of objects");
        require(
            value.size() >= structures.minItems() && value.size() <= structures.maxItems(),
            name,
            () ->
                "must hold %d to %d items".formatted(structures.minItems(), structures.maxItems()));
        value.forEach(item -> require(item.isObject(), name, "must be a list of objects"));
      }
    }
    return value;
  }

  /// JSON Schema counts `5.0` as an integer.
  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isNumber()
            && value.doubleValue() == Math.rint(value.doubleValue())
            && Math.abs(value.doubleValue()) < 1e15);
  }

  private static void require(boolean holds, String name, String rule) {
    require(holds, name, () -> rule);
  }

  /// With a rule that is put into words only when it is broken.
  private static void require(boolean holds, String name, Supplier<String> rule) {
    if (!holds) {
      throw invalid("Argument '%s' %s".formatted(name, rule.get()));
    }
  }

  private static Fault invalid(String text) {
    return new Fault(FaultCode.INVALID_ARGUMENT, text);
  }

  /// Whether an argument is there; an empty text is.
  boolean isGiven(String name) {
    return values.has(name);
  }

  /// Whether an argument is there and holds something.
  boolean isFilled(String name) {
    JsonNode value = values.get(name);
    return value != null
        && !(value.isString() && value.stringValue().isEmpty())
        && !(value.isArray() && value.isEmpty());
  }

  /// A text that is required or has a default.
  ///
  /// @param name of the parameter
  /// @return its value
  public String text(String name) {
    return value(name).stringValue();
  }

  /// A text that may be absent; the empty text counts as absent.
  ///
  /// @param name of the parameter
  /// @return its value
  public Optional<String> textIfGiven(String name) {
    return Optional.ofNullable(values.get(name))
        .map(JsonNode::stringValue)
        .filter(text -> !text.isEmpty());
  }

  /// A text that may be absent; the empty text is one.
  ///
  /// @param name of the parameter
  /// @return its value
  public Optional<String> given(String name) {
    return Optional.ofNullable(values.get(name)).map(JsonNode::stringValue);
  }

  /// An integer that is required or has a default.
  ///
  /// @param name of the parameter
  /// @return its value
  public long whole(String name) {
    return value(name).longValue();
  }

  /// An integer whose bounds fit an `int`.
  ///
  /// @param name of the parameter
  /// @return its value
  public int wholeInt(String name) {
    return Math.toIntExact(whole(name));
  }

  /// A choice that is required or has a default.
  ///
  /// @param name of the parameter
  /// @return its value
  public boolean flag(String name) {
    return value(name).booleanValue();
  }

  /// A list of texts, empty when it was not given.
  ///
  /// @param name of the parameter
  /// @return its items
  public List<String> texts(String name) {
    List<String> items = new ArrayList<>();
    Optional.ofNullable(values.get(name))
        .ifPresent(list -> list.forEach(item -> items.add(item.stringValue())));
    return List.copyOf(items);
  }

  /// An object of the caller's choice that may be absent.
  ///
  /// @param name of the parameter
  /// @return its value, not to be changed
  public Optional<ObjectNode> structure(String name) {
    return Optional.ofNullable(values.get(name)).map(ObjectNode.class::cast);
  }

  /// The items of a list of objects, to be read with [#ofItem]; none when it was not given.
  ///
  /// @param name of the parameter
  /// @return its items as they were sent
  public List<JsonNode> structures(String name) {
    return Optional.ofNullable(values.get(name))
        .map(list -> list.valueStream().toList())
        .orElse(List.of());
  }

  private JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the tool declares no value for " + name);
    }
    return value;
  }
}
