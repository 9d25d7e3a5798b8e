package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.Diagnosis;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.RolloutResult;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.ecs.TaskState;
import com.quiltdata.mcp.deploy.logs.LogTail;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What shows why a rollout ended as it did. What AWS does not tell is left out.
///
/// @param aws asks
/// @param ecs the service
/// @param target what is released
record Evidence(AwsClients aws, EcsService ecs, ReleaseTarget target) {
  private static final int LOG_LINES = 50;

  /// Lines for people, the most telling ones first.
  List<String> of(RolloutResult result) {
    List<String> lines = new ArrayList<>();
    lines.add("What to do: " + result.diagnosis().advice());
    lines.addAll(seen(result));
    return lines;
  }

  /// The same where the version before does not come up again either: why, and that what both want
  /// and do not get is not in the versions.
  List<String> ofBoth(StartedDeployment started, RolloutResult result) {
    String old = TaskDefinition.shortName(started.previous());
    List<String> lines = new ArrayList<>();
    lines.add(
        "What to do: look for what both versions want and do not get, a secret, a role, a subnet or an image for example; when that is mended, release again, or go back with `deploy-cli rollback VERSION`");
    beforeThat(started).stream().map(line -> old + ": " + line).forEach(lines::add);
    lines.addAll(seen(result));
    return lines;
  }

  private List<String> seen(RolloutResult result) {
    List<String> lines = new ArrayList<>(result.diagnosis().evidence());
    newest(result.failed()).ifPresent(task -> lines.addAll(logs(task)));
    return lines;
  }

  private List<String> beforeThat(StartedDeployment started) {
    try {
      return Diagnosis.reasons(
          target.container(),
          ecs.stoppedTasks(Set.of()).stream()
              .filter(task -> task.taskDefinition().equals(started.previous()))
              .toList());
    } catch (Failure e) {
      return List.of("(its tasks are not known: " + e.cause() + ")");
    }
  }

  private static Optional<TaskState> newest(List<TaskState> failed) {
    return failed.isEmpty() ? Optional.empty() : Optional.of(failed.getLast());
  }

  private List<String> logs(TaskState task) {
    try {
      return LogTail.of(aws, ecs.taskDefinition(task.taskDefinition()), target.container())
          .map(tail -> {
            List<String> lines = new ArrayList<>();
            lines.add("last log lines of task %s:".formatted(task.id()));
            tail.lines(task, LOG_LINES).forEach(line -> lines.add("  " + line));
            return lines;
          })
          .orElse(List.of());
    } catch (Failure e) {
      return List.of("(no logs: " + e.cause() + ")");
    }
  }

  /// What took the place of a release, and who did it, as far as AWS tells.
  ///
  /// @param arn of its task definition
  String successor(String arn) {
    String name = TaskDefinition.shortName(arn);
    try {
      TaskDefinition other = ecs.taskDefinition(arn);
      String version =
          other
              .variable(target.container(), TaskDefinition.VERSION_VARIABLE)
              .map(", version "::concat)
              .orElse("");
      return name + version + other.text("registeredBy").map(", by "::concat).orElse("");
    } catch (RuntimeException _) {
      // Not worth losing the verdict for.
      return name;
    }
  }
}
