package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Everything that a tool declares about itself. Names, parameters and result members are public
/// API: see MCP 2026-07-28, server/tools.
///
/// @param name 1 to 64 of `a-z 0-9 _`
/// @param title for people
/// @param description for models: what it does, then when to use another tool
/// @param group the group it is offered with, for example `buckets`
/// @param parameters in the order in which they are checked and published
/// @param inputSchema JSON Schema of the arguments; may say more than the parameters do
/// @param output JSON Schema of the structured result, an object at the top; empty for a tool that
///   answers with content blocks
/// @param hints the annotations
/// @param needs the rights that a call takes
/// @param aliases older names under which it can still be called
/// @param rules how its arguments must fit each other
public record ToolSpec(
    String name,
    String title,
    String description,
    String group,
    List<Parameter> parameters,
    ObjectNode inputSchema,
    Optional<ObjectNode> output,
    ToolHints hints,
    ToolNeeds needs,
    List<String> aliases,
    List<ArgumentRule> rules) {
  /// Longer texts are files.
  private static final int LONGEST_WORDS = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");

  /// Checks the names and that there is a description.
  public ToolSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("tool name " + name);
    }
    if (title.isBlank() || description.isBlank() || group.isBlank()) {
      throw new IllegalArgumentException(name + " lacks a title, description or group");
    }
    parameters = List.copyOf(parameters);
    aliases = List.copyOf(aliases);
    rules = List.copyOf(rules);
  }

  /// A tool whose arguments go with each other in any way.
  public ToolSpec(
      String name,
      String title,
      String description,
      String group,
      List<Parameter> parameters,
      ObjectNode inputSchema,
      Optional<ObjectNode> output,
      ToolHints hints,
      ToolNeeds needs,
      List<String> aliases) {
    this(
        name,
        title,
        description,
        group,
        parameters,
        inputSchema,
        output,
        hints,
        needs,
        aliases,
        List.of());
  }

  /// A tool with a structured result, whose arguments are described by its parameters alone.
  public ToolSpec(
      String name,
      String title,
      String description,
      String group,
      List<Parameter> parameters,
      ObjectNode output,
      ToolHints hints,
      ToolNeeds needs,
      List<String> aliases) {
    this(
        name,
        title,
        description,
        group,
        parameters,
        JsonSchema.ofParameters(parameters),
        Optional.of(output),
        hints,
        needs,
        aliases);
  }

  /// The same, whose arguments must fit each other.
  ///
  /// @param how each a rule, in the order in which they are checked
  /// @return the tool
  public ToolSpec where(ArgumentRule... how) {
    return new ToolSpec(
        name,
        title,
        description,
        group,
        parameters,
        inputSchema,
        output,
        hints,
        needs,
        aliases,
        List.of(how));
  }

  /// Whether calls bring the contents of files, and so may be long.
  public boolean takesFiles() {
    return takesFiles(parameters);
  }

  private static boolean takesFiles(List<Parameter> parameters) {
    return parameters.stream()
        .anyMatch(parameter ->
            switch (parameter.kind()) {
              case ParameterKind.Text text -> text.maxChars() > LONGEST_WORDS;
              case ParameterKind.Structures structures -> takesFiles(structures.members());
              case ParameterKind.Whole _,
                  ParameterKind.Flag _,
                  ParameterKind.Texts _,
                  ParameterKind.Structure _ ->
                  false;
            });
  }

  /// The tool as `tools/list` publishes it in the newest revision.
  public ObjectNode toJson() {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("name", name)
            .put("title", title)
            .put("description", description);
    json.set("inputSchema", inputSchema);
    output.ifPresent(schema -> json.set("outputSchema", schema));
    json.set("annotations", hints.toJson(title));
    return json;
  }
}
