package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// The annotations of a tool: hints for the client's judgement, never a guard.
///
/// @param isReadOnly nothing is changed anywhere
/// @param isDestructive something may be lost
/// @param isIdempotent calling it again with the same arguments changes nothing more
/// @param isOpenWorld it reaches services outside this deployment
public record ToolHints(
    boolean isReadOnly, boolean isDestructive, boolean isIdempotent, boolean isOpenWorld) {
  /// Reads within this deployment.
  public static final ToolHints READ_ONLY = new ToolHints(true, false, true, false);

  ObjectNode toJson(String title) {
    return StrictJson.NODES
        .objectNode()
        .put("title", title)
        .put("readOnlyHint", isReadOnly)
        .put("destructiveHint", isDestructive)
        .put("idempotentHint", isIdempotent)
        .put("openWorldHint", isOpenWorld);
  }
}
