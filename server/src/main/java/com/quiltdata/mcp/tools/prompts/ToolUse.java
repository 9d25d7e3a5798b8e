package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import tools.jackson.databind.node.ObjectNode;

/// A call that a prompt asks the model to make.
///
/// @param tool its name
/// @param how with which arguments
record ToolUse(String tool, String how) {
  /// A call whose arguments are known.
  ///
  /// @param arguments names and values by turns
  static ToolUse of(String tool, Object... arguments) {
    ObjectNode json = StrictJson.NODES.objectNode();
    for (int i = 0; i < arguments.length; i += 2) {
      json.putPOJO((String) arguments[i], arguments[i + 1]);
    }
    return new ToolUse(tool, VisibleJson.of(json.toString()));
  }

  /// A call whose arguments show on the way.
  ///
  /// @param how in words, for example `the s3_uri of the file`
  static ToolUse later(String tool, String how) {
    return new ToolUse(tool, how);
  }

  @Override
  public String toString() {
    return "Call %s with %s".formatted(tool, how);
  }
}
