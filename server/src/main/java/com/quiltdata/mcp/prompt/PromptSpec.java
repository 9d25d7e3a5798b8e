package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything that a prompt declares about itself. Names are public API: see MCP 2026-07-28,
/// server/prompts.
///
/// @param name 1 to 64 of `a-z 0-9 _`
/// @param title for people
/// @param description for people: what comes of it
/// @param arguments in the order in which they are asked for
/// @param needs the rights that it takes; every bucket that an argument names must be covered, too
public record PromptSpec(
    String name,
    String title,
    String description,
    List<PromptArgument> arguments,
    ToolNeeds needs) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");

  /// Checks the names and that there is a description.
  public PromptSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("prompt name " + name);
    }
    if (title.isBlank() || description.isBlank()) {
      throw new IllegalArgumentException(name + " lacks a title or description");
    }
    arguments = List.copyOf(arguments);
    Set<String> names = new HashSet<>();
    for (PromptArgument argument : arguments) {
      if (!names.add(argument.name())) {
        throw new IllegalArgumentException(
            "two arguments of %s are called %s".formatted(name, argument.name()));
      }
    }
  }

  /// An argument by its name.
  ///
  /// @param argument any name
  /// @return the argument, or empty when there is none of this name
  public Optional<PromptArgument> argument(String argument) {
    return arguments.stream().filter(one -> one.name().equals(argument)).findFirst();
  }

  /// The names of the arguments, for messages.
  public String argumentNames() {
    return arguments.isEmpty()
        ? "none"
        : arguments.stream().map(PromptArgument::name).collect(Collectors.joining(", "));
  }

  /// The prompt as `prompts/list` publishes it in the newest revision.
  public ObjectNode toJson() {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("name", name)
            .put("title", title)
            .put("description", description);
    ArrayNode list = json.putArray("arguments");
    arguments.forEach(argument -> list.add(argument.toJson()));
    return json;
  }
}
