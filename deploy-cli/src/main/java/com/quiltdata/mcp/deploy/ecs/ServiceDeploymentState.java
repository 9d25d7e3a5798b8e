package com.quiltdata.mcp.deploy.ecs;

import static com.quiltdata.mcp.deploy.ecs.DeploymentState.text;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentCircuitBreaker;

/// A service deployment: how ECS itself tells the story of one rollout.
///
/// @param arn its ARN
/// @param status for example IN_PROGRESS or ROLLBACK_SUCCESSFUL
/// @param reason what ECS says of the status
/// @param stage where it is, SCALE_UP for example
/// @param revision the ARN of the service revision that it brings
/// @param breaker MONITORING, TRIGGERED and so on
/// @param failures that the circuit breaker has counted
/// @param threshold failures at which it ends the rollout
/// @param alarms that were triggered
/// @param paused whether it waits for a decision at a hook
public record ServiceDeploymentState(
    String arn,
    String status,
    Optional<String> reason,
    Optional<String> stage,
    String revision,
    Optional<String> breaker,
    int failures,
    int threshold,
    List<String> alarms,
    boolean paused) {

  /// Copies the alarms.
  public ServiceDeploymentState {
    alarms = List.copyOf(alarms);
  }

  static ServiceDeploymentState of(ServiceDeployment one, boolean paused) {
    Optional<ServiceDeploymentCircuitBreaker> breaker =
        Optional.ofNullable(one.deploymentCircuitBreaker());
    return new ServiceDeploymentState(
        text(one.serviceDeploymentArn()),
        text(one.statusAsString()),
        Optional.ofNullable(one.statusReason()).filter(reason -> !reason.isBlank()),
        Optional.ofNullable(one.lifecycleStageAsString()),
        one.targetServiceRevision() == null ? "" : text(one.targetServiceRevision().arn()),
        breaker.map(ServiceDeploymentCircuitBreaker::statusAsString),
        breaker.map(ServiceDeploymentCircuitBreaker::failureCount).orElse(0),
        breaker.map(ServiceDeploymentCircuitBreaker::threshold).orElse(0),
        Optional.ofNullable(one.alarms())
            .map(ServiceDeploymentAlarms::triggeredAlarmNames)
            .orElse(List.of()),
        paused);
  }
}
