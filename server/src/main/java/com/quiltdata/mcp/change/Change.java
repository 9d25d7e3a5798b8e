package com.quiltdata.mcp.change;

import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Something that clients may have kept is no longer what it was.
public sealed interface Change {
  /// The list of tools.
  record ToolList() implements Change {}

  /// The list of prompts.
  record PromptList() implements Change {}

  /// The list of resources.
  record ResourceList() implements Change {}

  /// The contents of a resource.
  ///
  /// @param uri its URI
  record ResourceContents(String uri) implements Change {}

  /// The change as replicas tell it to each other.
  default ObjectNode toJson() {
    ObjectNode json = StrictJson.NODES.objectNode();
    return switch (this) {
      case ToolList _ -> json.put("of", "tools");
      case PromptList _ -> json.put("of", "prompts");
      case ResourceList _ -> json.put("of", "resources");
      case ResourceContents(String uri) -> json.put("of", "resource").put("uri", uri);
    };
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @param json anything
  /// @return the change; empty for one that this version does not know
  static Optional<Change> of(JsonNode json) {
    return switch (json.path("of").asString("")) {
      case "tools" -> Optional.of(new ToolList());
      case "prompts" -> Optional.of(new PromptList());
      case "resources" -> Optional.of(new ResourceList());
      case "resource" -> Optional.of(new ResourceContents(json.path("uri").asString("")));
      default -> Optional.empty();
    };
  }
}
