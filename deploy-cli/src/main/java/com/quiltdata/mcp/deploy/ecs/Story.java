package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.outcome.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds the service deployment that belongs to a deployment, which ECS tells by its own API a few
/// seconds later. Where that is denied or does not exist, the list of deployments has to do. Not
/// thread-safe.
final class Story {
  private static final int NEWEST = 5;

  private final EcsService ecs;
  private final StartedDeployment ours;
  private final Pace pace;
  private final Instant until;
  private Optional<String> arn = Optional.empty();
  private boolean missing;

  /// @param until when it should have appeared
  Story(EcsService ecs, StartedDeployment ours, Pace pace, Instant until) {
    this.ecs = ecs;
    this.ours = ours;
    this.pace = pace;
    this.until = until;
  }

  /// Which service deployment it is, once it is known.
  Optional<String> arn() {
    return arn;
  }

  /// How it stands.
  ///
  /// @return empty when it is not known yet, or not to be had
  Optional<ServiceDeploymentState> look(RolloutWatcher watcher) {
    if (missing) {
      return Optional.empty();
    }
    try {
      if (arn.isEmpty()) {
        arn = find();
      }
      if (arn.isPresent()) {
        return ecs.deployments().find(arn.get());
      }
      if (!pace.instant().isBefore(until)) {
        missing = true;
        watcher.note("ECS does not list the service deployment; judging by the deployments alone");
      }
    } catch (Failure e) {
      if (arn.isPresent()) {
        throw e;
      }
      switch (e.code()) {
        case ACCESS_DENIED, NETWORK_LOST, DEFECT -> {
          missing = true;
          watcher.note(
              "The service-deployment API is not to be had (%s); judging by the deployments alone"
                  .formatted(e.cause()));
        }
        default -> throw e;
      }
    }
    return Optional.empty();
  }

  private Optional<String> find() {
    List<String> newest = ecs.deployments().newest().stream().limit(NEWEST).toList();
    for (String one : newest) {
      Optional<ServiceDeploymentState> deployment = ecs.deployments().find(one);
      if (deployment.isPresent()
          && ecs.deployments()
              .taskDefinitionOf(deployment.get().revision())
              .filter(ours.taskDefinition()::equals)
              .isPresent()) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
