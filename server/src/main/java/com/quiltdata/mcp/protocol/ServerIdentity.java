package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// Who the server says it is.
///
/// @param name programmatic name
/// @param title for people
/// @param version of the deployment
/// @param build version and source revision of the program itself
/// @param description one sentence
/// @param instructions how a model should use the tools together
public record ServerIdentity(
    String name,
    String title,
    String version,
    String build,
    String description,
    String instructions) {

  /// Name and version, with more for revisions that know more.
  ObjectNode toJson(ProtocolVersion version) {
    ObjectNode info = StrictJson.NODES.objectNode().put("name", name).put("version", this.version);
    if (version.has(ProtocolVersion.Feature.TITLES)) {
      info.put("title", title);
    }
    if (version.has(ProtocolVersion.Feature.SERVER_DESCRIPTION)) {
      info.put("description", description);
    }
    return info;
  }
}
