package com.quiltdata.mcp.deploy.ecs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Hears how a rollout goes on. Called by the thread that waits.
public interface RolloutWatcher {

  /// One look at everything.
  ///
  /// @param look what was seen
  void seen(Look look);

  /// ECS says something new.
  void event(ServiceEvent event);

  /// Something that the user should know, once.
  void note(String text);

  /// What was seen at one moment.
  ///
  /// @param elapsed since the wait began
  /// @param verdict as far as it is known
  /// @param service the service
  /// @param deployment the story of the deployment, where it is to be had
  /// @param stopped tasks of the deployment that have stopped so far
  record Look(
      Duration elapsed,
      Verdict verdict,
      ServiceState service,
      Optional<ServiceDeploymentState> deployment,
      List<TaskState> stopped) {

    /// Copies the tasks.
    public Look {
      stopped = List.copyOf(stopped);
    }
  }
}
