package com.quiltdata.mcp.deploy.ecs;

import static com.quiltdata.mcp.deploy.ecs.DeploymentState.text;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;

/// A task, as far as a release asks.
///
/// @param arn its ARN
/// @param startedBy the id of the deployment that started it
/// @param taskDefinition the ARN of what it runs
/// @param status for example RUNNING or STOPPED
/// @param health HEALTHY, UNHEALTHY or UNKNOWN; empty where no check is defined
/// @param stopCode why it stopped, as ECS sorts it
/// @param stopReason why it stopped, in the words of ECS
/// @param address its private address
/// @param containers in the order of the task definition
public record TaskState(
    String arn,
    String startedBy,
    String taskDefinition,
    String status,
    Optional<String> health,
    Optional<String> stopCode,
    Optional<String> stopReason,
    Optional<String> address,
    List<ContainerState> containers) {

  /// Copies the containers.
  public TaskState {
    containers = List.copyOf(containers);
  }

  /// A container of a task.
  ///
  /// @param name as the task definition says
  /// @param image what was asked for
  /// @param digest what was found
  /// @param exitCode when it has ended
  /// @param reason what went wrong, in the words of ECS
  /// @param health as of tasks
  public record ContainerState(
      String name,
      String image,
      Optional<String> digest,
      Optional<Integer> exitCode,
      Optional<String> reason,
      Optional<String> health) {
    static ContainerState of(Container one) {
      return new ContainerState(
          text(one.name()),
          text(one.image()),
          Optional.ofNullable(one.imageDigest()),
          Optional.ofNullable(one.exitCode()),
          Optional.ofNullable(one.reason()).filter(reason -> !reason.isBlank()),
          Optional.ofNullable(one.healthStatusAsString()));
    }
  }

  static TaskState of(Task task) {
    return new TaskState(
        text(task.taskArn()),
        text(task.startedBy()),
        text(task.taskDefinitionArn()),
        text(task.lastStatus()),
        Optional.ofNullable(task.healthStatusAsString()),
        Optional.ofNullable(task.stopCodeAsString()),
        Optional.ofNullable(task.stoppedReason()).filter(reason -> !reason.isBlank()),
        task.attachments().stream()
            .map(Attachment::details)
            .flatMap(List::stream)
            .filter(detail -> text(detail.name()).equals("privateIPv4Address"))
            .map(KeyValuePair::value)
            .findFirst(),
        task.containers().stream().map(ContainerState::of).toList());
  }

  /// The last part of the ARN, as log streams name it.
  public String id() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /// Whether it runs.
  public boolean isRunning() {
    return status.equals("RUNNING");
  }

  /// Whether it is over.
  public boolean isStopped() {
    return status.equals("STOPPED");
  }

  /// A container by its name.
  public Optional<ContainerState> container(String name) {
    return containers.stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
