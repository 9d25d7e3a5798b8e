package com.quiltdata.mcp.deploy.record;

import com.quiltdata.mcp.deploy.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Who releases at the moment.
///
/// @param id tells two locks of the same person apart
/// @param owner the ARN of who has it
/// @param version that is released
/// @param since when it was taken, ISO 8601
public record ReleaseLock(String id, String owner, String version, String since) {
  ObjectNode json() {
    return Json.object()
        .put("id", id)
        .put("owner", owner)
        .put("version", version)
        .put("since", since);
  }

  static ReleaseLock parse(String text) {
    try {
      ObjectNode json = Json.readObject(text);
      return new ReleaseLock(
          json.path("id").asString(""),
          json.path("owner").asString("somebody"),
          json.path("version").asString("?"),
          json.path("since").asString("?"));
    } catch (IllegalArgumentException _) {
      return new ReleaseLock("", "somebody", "?", "?");
    }
  }

  @Override
  public String toString() {
    return "%s releases %s since %s".formatted(owner, version, since);
  }
}
