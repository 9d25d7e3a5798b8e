package com.quiltdata.mcp.task;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Why a task ended without a result: a JSON-RPC error.
///
/// @param code its number
/// @param text goes to the client
/// @param data what a client decides on, empty when there is none
record TaskError(int code, String text, ObjectNode data) {
  private static final int INTERNAL_ERROR = -32603;
  private static final int MISSING_CAPABILITY = -32021;

  /// The task's replica is no more. Says the same before and after it is gone.
  static final TaskError LOST =
      internal("The task was lost with the server that ran it; begin it again");

  static TaskError internal(String text) {
    return new TaskError(INTERNAL_ERROR, text, StrictJson.NODES.objectNode());
  }

  static TaskError missing(Set<ClientCapability> capabilities) {
    ObjectNode data = StrictJson.NODES.objectNode();
    data.set("requiredCapabilities", ClientCapability.toJson(capabilities));
    return new TaskError(
        MISSING_CAPABILITY,
        "The task has to ask what the client did not say it can be asked",
        data);
  }

  ObjectNode toJson() {
    ObjectNode json = StrictJson.NODES.objectNode().put("code", code).put("message", text);
    if (!data.isEmpty()) {
      json.set("data", data);
    }
    return json;
  }
}
