package com.quiltdata.mcp.deploy.ecs;

import java.time.Duration;
import java.util.List;

/// How a wait ended.
///
/// @param verdict never [Verdict.Waiting] unless time was up or waiting was of no use
/// @param service as it was seen last
/// @param diagnosis of what went wrong, if anything did
/// @param failed tasks of the deployment that stopped though nobody asked them to, oldest first
/// @param elapsed how long the wait was
/// @param hopeless whether the wait was ended because the same failure came again and again
public record RolloutResult(
    Verdict verdict,
    ServiceState service,
    Diagnosis diagnosis,
    List<TaskState> failed,
    Duration elapsed,
    boolean hopeless) {

  /// Copies the tasks.
  public RolloutResult {
    failed = List.copyOf(failed);
  }
}
