package com.quiltdata.mcp.deploy.ecs;

import static com.quiltdata.mcp.deploy.ecs.DeploymentState.count;
import static com.quiltdata.mcp.deploy.ecs.DeploymentState.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/// A service at one moment.
///
/// @param arn its ARN
/// @param status ACTIVE, DRAINING or INACTIVE
/// @param controller ECS, CODE_DEPLOY or EXTERNAL
/// @param strategy ROLLING, BLUE_GREEN, LINEAR or CANARY
/// @param taskDefinition the ARN of what it should run
/// @param desired tasks that should run
/// @param running tasks that run
/// @param pending tasks that start
/// @param deployments newest first
/// @param events newest first, at most a hundred
/// @param targets where the balancer finds it
/// @param graceSeconds for how long failing checks of the balancer are ignored
/// @param breaker what the circuit breaker does
/// @param alarms names of those that end a deployment
/// @param currentDeployment the ARN of the service deployment under way
public record ServiceState(
    String arn,
    String status,
    String controller,
    String strategy,
    String taskDefinition,
    int desired,
    int running,
    int pending,
    List<DeploymentState> deployments,
    List<ServiceEvent> events,
    List<TargetPort> targets,
    int graceSeconds,
    Breaker breaker,
    List<String> alarms,
    Optional<String> currentDeployment) {

  /// Copies the lists.
  public ServiceState {
    deployments = List.copyOf(deployments);
    events = List.copyOf(events);
    targets = List.copyOf(targets);
    alarms = List.copyOf(alarms);
  }

  /// What happens when tasks keep failing.
  public enum Breaker {
    /// Nothing: ECS tries for ever.
    OFF,
    /// The deployment ends, and the service stays as it is.
    ON,
    /// The deployment ends, and the old version comes back.
    ROLLS_BACK
  }

  /// Where the balancer finds a container.
  ///
  /// @param targetGroup its ARN
  /// @param container the name of the container
  /// @param port of the container
  public record TargetPort(String targetGroup, String container, int port) {
    static TargetPort of(LoadBalancer one) {
      return new TargetPort(
          text(one.targetGroupArn()), text(one.containerName()), count(one.containerPort()));
    }
  }

  static ServiceState of(Service service) {
    Optional<DeploymentConfiguration> configuration =
        Optional.ofNullable(service.deploymentConfiguration());
    return new ServiceState(
        text(service.serviceArn()),
        text(service.status()),
        Optional.ofNullable(service.deploymentController())
            .map(DeploymentController::typeAsString)
            .orElse("ECS"),
        configuration.map(DeploymentConfiguration::strategyAsString).orElse("ROLLING"),
        text(service.taskDefinition()),
        count(service.desiredCount()),
        count(service.runningCount()),
        count(service.pendingCount()),
        service.deployments().stream().map(DeploymentState::of).toList(),
        service.events().stream()
            .map(one ->
                new ServiceEvent(
                    text(one.id()),
                    Optional.ofNullable(one.createdAt()).orElse(Instant.EPOCH),
                    text(one.message())))
            .toList(),
        service.loadBalancers().stream().map(TargetPort::of).toList(),
        count(service.healthCheckGracePeriodSeconds()),
        configuration
            .map(DeploymentConfiguration::deploymentCircuitBreaker)
            .map(ServiceState::breaker)
            .orElse(Breaker.OFF),
        configuration
            .map(DeploymentConfiguration::alarms)
            .filter(alarms -> Boolean.TRUE.equals(alarms.enable()))
            .map(DeploymentAlarms::alarmNames)
            .orElse(List.of()),
        Optional.ofNullable(service.currentServiceDeployment()));
  }

  private static Breaker breaker(DeploymentCircuitBreaker breaker) {
    if (!Boolean.TRUE.equals(breaker.enable())) {
      return Breaker.OFF;
    }
    return Boolean.TRUE.equals(breaker.rollback()) ? Breaker.ROLLS_BACK : Breaker.ON;
  }

  /// The deployment to which new tasks belong.
  public Optional<DeploymentState> primary() {
    return deployments.stream().filter(DeploymentState::isPrimary).findFirst();
  }

  /// What serves traffic, in words.
  public String serving() {
    String running =
        deployments.stream()
            .filter(one -> one.running() > 0)
            .map(one ->
                "%s (%d running)"
                    .formatted(TaskDefinition.shortName(one.taskDefinition()), one.running()))
            .collect(Collectors.joining(", "));
    return running.isEmpty() ? "nothing" : running;
  }

  /// A deployment by its id.
  public Optional<DeploymentState> deployment(String id) {
    return deployments.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /// What came to its end last: the task definition of the newest complete deployment, or the one
  /// that the service wants where ECS does not say. A failed rollout goes back to it.
  public String settled() {
    return deployments.stream()
        .filter(DeploymentState::isCompleted)
        .map(DeploymentState::taskDefinition)
        .findFirst()
        .orElse(taskDefinition);
  }

  /// What a deployment replaces; empty when there is no other one.
  public Optional<String> before(DeploymentState ours) {
    List<DeploymentState> others =
        deployments.stream()
            .filter(one -> !one.taskDefinition().equals(ours.taskDefinition()))
            .toList();
    return others.stream()
        .filter(DeploymentState::isCompleted)
        .findFirst()
        .or(() -> others.stream().findFirst())
        .map(DeploymentState::taskDefinition);
  }

  /// Why it may not run what it wants, though nothing is under way; empty when all is well.
  public Optional<String> odd() {
    String wanted = TaskDefinition.shortName(taskDefinition);
    Optional<DeploymentState> primary = primary();
    String brought =
        primary
            .map(DeploymentState::taskDefinition)
            .map(TaskDefinition::shortName)
            .orElse("nothing");
    if (!brought.equals(wanted)) {
      return Optional.of(
          "The service wants %s, but its deployment brings %s".formatted(wanted, brought));
    }
    return primary
        .filter(DeploymentState::isFailed)
        .map(_ -> "The deployment of %s has failed".formatted(wanted));
  }

  /// Whether a rollout is under way. One that has failed and that nothing takes back is none.
  public boolean isDeploying() {
    Optional<DeploymentState> primary = primary();
    return primary.filter(DeploymentState::isFailed).isEmpty()
        && (deployments.size() > 1
            || primary
                .flatMap(DeploymentState::rolloutState)
                .filter("IN_PROGRESS"::equals)
                .isPresent());
  }
}
