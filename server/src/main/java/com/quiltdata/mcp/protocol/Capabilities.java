package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.ProtocolVersion.Feature;
import tools.jackson.databind.node.ObjectNode;

/// What the server says it can do: only what its methods answer, in the revision at hand.
final class Capabilities {
  ObjectNode toJson(ProtocolVersion version) {
    ObjectNode capabilities = StrictJson.NODES.objectNode();
    capabilities.putObject("tools");
    capabilities.putObject("resources");
    capabilities.putObject("prompts");
    if (version.has(Feature.COMPLETIONS)) {
      capabilities.putObject("completions");
    }
    capabilities.putObject("logging");
    return capabilities;
  }
}
