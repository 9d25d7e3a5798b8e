package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a release says at its end, to people and machines.
///
/// @param command for example `deploy`
/// @param code how it ended
/// @param version of the release
/// @param image with its digest; empty before it was known
/// @param taskDefinition family and revision; empty before it was registered
/// @param deployment its id; empty before there was one
/// @param previous family and revision of what ran before
/// @param checks what was proven
/// @param cause why it failed
/// @param serving what serves now, when that is worth saying
/// @param evidence lines that show the cause
/// @param next the one command to run next
public record ReleaseReport(
    String command,
    ExitCode code,
    String version,
    Optional<String> image,
    Optional<String> taskDefinition,
    Optional<String> deployment,
    Optional<String> previous,
    Checks checks,
    Optional<String> cause,
    Optional<String> serving,
    List<String> evidence,
    Optional<String> next) {

  /// Copies the evidence.
  public ReleaseReport {
    evidence = List.copyOf(evidence);
  }

  /// One document.
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("command", command)
            .put("outcome", code.wire())
            .put("exit_code", code.number())
            .put("version", version)
            .put("image", image.orElse(null))
            .put("task_definition", taskDefinition.orElse(null))
            .put("deployment_id", deployment.orElse(null))
            .put("previous", previous.orElse(null));
    json.set("checks", checks.json());
    json.put("cause", cause.orElse(null)).put("serving", serving.orElse(null));
    evidence.forEach(json.putArray("evidence")::add);
    return json.put("next_command", next.orElse(null));
  }
}
