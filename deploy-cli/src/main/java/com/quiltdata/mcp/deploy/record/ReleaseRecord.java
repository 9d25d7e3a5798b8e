package com.quiltdata.mcp.deploy.record;

import com.quiltdata.mcp.deploy.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One change that deploy-cli has made.
///
/// @param at when it ended
/// @param command `deploy` or `rollback` for example
/// @param version of the release
/// @param outcome as [com.quiltdata.mcp.deploy.outcome.ExitCode#wire] says
/// @param image with its digest
/// @param taskDefinition family and revision
/// @param previous what ran before
/// @param who the ARN of who did it
/// @param from the machine, or the run of a CI service
/// @param cause of a failure
public record ReleaseRecord(
    Instant at,
    String command,
    String version,
    String outcome,
    String image,
    String taskDefinition,
    String previous,
    String who,
    String from,
    Optional<String> cause) {
  static final int MOST_CAUSE = 500;

  /// As it is stored.
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("at", at.toString())
            .put("command", command)
            .put("version", version)
            .put("outcome", outcome)
            .put("image", image)
            .put("task_definition", taskDefinition)
            .put("previous", previous)
            .put("who", who)
            .put("from", from);
    cause.ifPresent(text -> json.put("cause", text));
    return json;
  }

  /// Reads one; empty for what is none.
  static Optional<ReleaseRecord> parse(String text) {
    try {
      ObjectNode json = Json.readObject(text);
      return Optional.of(
          new ReleaseRecord(
              Instant.parse(json.path("at").asString("")),
              json.path("command").asString(""),
              json.path("version").asString(""),
              json.path("outcome").asString(""),
              json.path("image").asString(""),
              json.path("task_definition").asString(""),
              json.path("previous").asString(""),
              json.path("who").asString(""),
              json.path("from").asString(""),
              Optional.of(json.path("cause").asString("")).filter(cause -> !cause.isEmpty())));
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
