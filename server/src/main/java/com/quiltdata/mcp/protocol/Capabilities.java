package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// What the server says it can do: only what its methods answer.
final class Capabilities {
  ObjectNode toJson() {
    ObjectNode capabilities = StrictJson.NODES.objectNode();
    capabilities.putObject("tools");
    capabilities.putObject("resources");
    capabilities.putObject("logging");
    return capabilities;
  }
}
