package com.quiltdata.mcp.task;

import com.quiltdata.mcp.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// What is told of every task, whatever its status.
///
/// @param id by which it is asked for
/// @param status where it stands
/// @param message for people, empty when there is nothing to say
/// @param createdAt in whole milliseconds
/// @param updatedAt the same
/// @param life how long it can be asked for, from its beginning
/// @param pollInterval how often a client should ask
record TaskHead(
    String id,
    TaskStatus status,
    String message,
    Instant createdAt,
    Instant updatedAt,
    Duration life,
    Duration pollInterval) {

  /// The members that every task has.
  ObjectNode toJson() {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("taskId", id)
            .put("status", status.wire())
            .put("createdAt", createdAt.toString())
            .put("lastUpdatedAt", updatedAt.toString())
            .put("ttlMs", life.toMillis())
            .put("pollIntervalMs", pollInterval.toMillis());
    if (!message.isEmpty()) {
      json.put("statusMessage", message);
    }
    return json;
  }
}
