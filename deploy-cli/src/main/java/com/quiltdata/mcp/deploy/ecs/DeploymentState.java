package com.quiltdata.mcp.deploy.ecs;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;

/// One entry of the deployments of a service.
///
/// @param id for example `ecs-svc/123`
/// @param status PRIMARY, ACTIVE or INACTIVE
/// @param taskDefinition its ARN
/// @param rolloutState IN_PROGRESS, COMPLETED or FAILED; empty when the service has none
/// @param reason what ECS says of the state
/// @param desired tasks that should run
/// @param running tasks that run
/// @param pending tasks that start
/// @param failed tasks that failed one after the other
/// @param createdAt when it began
public record DeploymentState(
    String id,
    String status,
    String taskDefinition,
    Optional<String> rolloutState,
    Optional<String> reason,
    int desired,
    int running,
    int pending,
    int failed,
    Instant createdAt) {
  static DeploymentState of(Deployment one) {
    return new DeploymentState(
        text(one.id()),
        text(one.status()),
        text(one.taskDefinition()),
        Optional.ofNullable(one.rolloutStateAsString()),
        Optional.ofNullable(one.rolloutStateReason()).filter(reason -> !reason.isBlank()),
        count(one.desiredCount()),
        count(one.runningCount()),
        count(one.pendingCount()),
        count(one.failedTasks()),
        Optional.ofNullable(one.createdAt()).orElse(Instant.EPOCH));
  }

  static String text(String value) {
    return value == null ? "" : value;
  }

  static int count(Integer value) {
    return value == null ? 0 : value;
  }

  /// Whether new tasks belong to it.
  public boolean isPrimary() {
    return status.equals("PRIMARY");
  }

  /// Whether it says of itself that it is over and good.
  public boolean isCompleted() {
    return rolloutState.filter("COMPLETED"::equals).isPresent();
  }

  /// Whether the circuit breaker ended it.
  public boolean isFailed() {
    return rolloutState.filter("FAILED"::equals).isPresent();
  }
}
