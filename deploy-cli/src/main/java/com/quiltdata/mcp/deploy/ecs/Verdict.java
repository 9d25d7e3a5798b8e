package com.quiltdata.mcp.deploy.ecs;

import java.util.Optional;

/// What became of a deployment, judged by its own id and by its task definition: what the service
/// calls its primary deployment may be a rollback.
public sealed interface Verdict {

  /// It is under way.
  ///
  /// @param note what it waits for, when ECS says so
  record Waiting(Optional<String> note) implements Verdict {}

  /// All tasks of the new version run, and those of the old one are gone.
  record RolledOut() implements Verdict {}

  /// It waits for somebody's decision.
  record Paused() implements Verdict {}

  /// It has failed, and the old version is coming back.
  record RollingBack(Optional<String> reason) implements Verdict {}

  /// It has failed, and the old version is back.
  record RolledBack(Optional<String> reason) implements Verdict {}

  /// It has failed, and nothing brings the old version back.
  ///
  /// @param reason what ECS says
  /// @param neither whether the old version could not be brought back
  record Failed(Optional<String> reason, boolean neither) implements Verdict {}

  /// Another deployment took its place.
  ///
  /// @param by the ARN of the task definition that is wanted now
  record Superseded(String by) implements Verdict {}

  /// Judges by the story that ECS tells of the deployment itself.
  static Verdict of(
      StartedDeployment ours, ServiceState service, ServiceDeploymentState deployment) {
    return switch (deployment.status()) {
      case "SUCCESSFUL" -> new RolledOut();
      case "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS" -> new RollingBack(deployment.reason());
      case "ROLLBACK_SUCCESSFUL" -> new RolledBack(deployment.reason());
      case "ROLLBACK_FAILED" -> new Failed(deployment.reason(), true);
      case "STOP_REQUESTED", "STOPPED" -> stopped(ours, service, deployment);
      default ->
          deployment.paused() ? new Paused() : new Waiting(deployment.stage().map(Verdict::words));
    };
  }

  private static String words(String stage) {
    return stage.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static Verdict stopped(
      StartedDeployment ours, ServiceState service, ServiceDeploymentState deployment) {
    String wanted =
        service.primary().map(DeploymentState::taskDefinition).orElse(service.taskDefinition());
    if (wanted.equals(ours.taskDefinition())) {
      return new Failed(deployment.reason(), false);
    }
    return wanted.equals(ours.previous())
        ? backTo(service, deployment.reason())
        : new Superseded(wanted);
  }

  /// Judges by the list of deployments of the service, where the story is not to be had.
  static Verdict of(StartedDeployment ours, ServiceState service) {
    // One that brings another definition is not ours, whatever its id.
    Optional<DeploymentState> mine =
        service
            .deployment(ours.id())
            .filter(one -> one.taskDefinition().equals(ours.taskDefinition()));
    String wanted =
        service.primary().map(DeploymentState::taskDefinition).orElse(service.taskDefinition());
    boolean isOurs = wanted.equals(ours.taskDefinition());
    boolean isOld = wanted.equals(ours.previous());
    if (mine.isEmpty()) {
      return isOurs
          ? new Waiting(Optional.empty())
          : isOld ? backTo(service, Optional.empty()) : new Superseded(wanted);
    }
    DeploymentState deployment = mine.get();
    if (deployment.isFailed()) {
      return isOurs && deployment.isPrimary()
          ? new Failed(deployment.reason(), false)
          : backTo(service, deployment.reason());
    }
    if (!deployment.isPrimary() && !isOurs) {
      return isOld ? backTo(service, deployment.reason()) : new Superseded(wanted);
    }
    return deployment.isCompleted() && isOurs && deployment.taskDefinition().equals(wanted)
        ? new RolledOut()
        : new Waiting(deployment.reason());
  }

  private static Verdict backTo(ServiceState service, Optional<String> reason) {
    boolean isBack =
        service
            .primary()
            .filter(one -> one.isCompleted() || one.rolloutState().isEmpty())
            .isPresent();
    return isBack ? new RolledBack(reason) : new RollingBack(reason);
  }
}
