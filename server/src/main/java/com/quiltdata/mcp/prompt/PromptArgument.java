package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One argument of a prompt: a text.
///
/// @param name on the wire, snake case
/// @param title for people
/// @param description for people: what to give
/// @param isRequired whether a request must give it
/// @param completer proposes values, if anything can
public record PromptArgument(
    String name,
    String title,
    String description,
    boolean isRequired,
    Optional<Completer> completer) {

  /// An argument that a request must give.
  ///
  /// @param name on the wire
  /// @param title for people
  /// @param description what to give
  /// @return the argument
  public static PromptArgument required(String name, String title, String description) {
    return new PromptArgument(name, title, description, true, Optional.empty());
  }

  /// An argument that may be left out.
  ///
  /// @param name on the wire
  /// @param title for people
  /// @param description what to give
  /// @return the argument
  public static PromptArgument optional(String name, String title, String description) {
    return new PromptArgument(name, title, description, false, Optional.empty());
  }

  /// The same with proposals.
  ///
  /// @param newCompleter proposes values
  /// @return the argument
  public PromptArgument completedBy(Completer newCompleter) {
    return new PromptArgument(name, title, description, isRequired, Optional.of(newCompleter));
  }

  ObjectNode toJson() {
    return StrictJson.NODES
        .objectNode()
        .put("name", name)
        .put("title", title)
        .put("description", description)
        .put("required", isRequired);
  }
}
