package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.ProtocolVersion.Feature;
import com.quiltdata.mcp.task.Tasks;
import tools.jackson.databind.node.ObjectNode;

/// What the server says it can do: only what its methods answer, in the revision at hand.
final class Capabilities {
  private final Changes changes;
  private final Tasks tasks;

  Capabilities(Changes changes, Tasks tasks) {
    this.changes = changes;
    this.tasks = tasks;
  }

  /// What can be done.
  ///
  /// @param version in which revision
  /// @param canSubscribe whether the client has something to be told of updates by: a session, or a
  ///   stream that says itself what it wants
  ObjectNode toJson(ProtocolVersion version, boolean canSubscribe) {
    ObjectNode capabilities = StrictJson.NODES.objectNode();
    announce(capabilities.putObject("tools"));
    announce(capabilities.putObject("resources"));
    if (changes.isComplete() && canSubscribe) {
      capabilities.withObjectProperty("resources").put("subscribe", true);
    }
    announce(capabilities.putObject("prompts"));
    if (version.has(Feature.COMPLETIONS)) {
      capabilities.putObject("completions");
    }
    capabilities.putObject("logging");
    if (version.isStateless() && tasks.areOffered()) {
      capabilities.putObject("extensions").putObject(ClientCapability.TASKS_EXTENSION);
    }
    return capabilities;
  }

  /// News of changed lists are promised only where they arrive from every replica.
  private void announce(ObjectNode capability) {
    if (changes.isComplete()) {
      capability.put("listChanged", true);
    }
  }
}
