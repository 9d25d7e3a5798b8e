package com.quiltdata.mcp.deploy.ecs;

import static software.amazon.awssdk.services.ecs.model.TaskDefinitionField.TAGS;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.AwsFaults;
import com.quiltdata.mcp.deploy.aws.RawJson;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import tools.jackson.databind.node.ObjectNode;

/// Everything that is asked of ECS about one service.
public final class EcsService {
  private static final int TASKS_A_CALL = 100;

  private final AwsClients aws;
  private final ServiceId id;

  /// The service.
  public EcsService(AwsClients aws, ServiceId id) {
    this.aws = aws;
    this.id = id;
  }

  /// Which one.
  public ServiceId id() {
    return id;
  }

  /// The service as it is.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when it or its cluster does not exist, with those
  ///   that do
  public ServiceState state() {
    return find()
        .orElseThrow(() ->
            Failure.of(
                    ExitCode.PREFLIGHT_FAILED,
                    "There is no service '%s' in cluster '%s' in %s"
                        .formatted(id.service(), id.cluster(), aws.config().region()))
                .showing(List.of("Services there: " + others())));
  }

  /// The service as it is; empty when there is none.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when its cluster does not exist
  public Optional<ServiceState> find() {
    return aws.call(
        "look at service " + id,
        clients -> {
          try {
            return clients
                .ecs()
                .describeServices(ask -> ask.cluster(id.cluster()).services(id.service()))
                .services()
                .stream()
                .findFirst()
                .map(ServiceState::of);
          } catch (ClusterNotFoundException e) {
            throw Failure.of(
                    ExitCode.PREFLIGHT_FAILED,
                    "There is no cluster '%s' in %s"
                        .formatted(id.cluster(), clients.config().region()))
                .because(e);
          }
        });
  }

  private String others() {
    try {
      List<String> names =
          aws
              .ecs()
              .listServices(ask -> ask.cluster(id.cluster()).maxResults(TASKS_A_CALL))
              .serviceArns()
              .stream()
              .map(EcsService::name)
              .toList();
      return names.isEmpty() ? "none" : String.join(", ", names);
    } catch (EcsException e) {
      return "unknown (%s)".formatted(AwsFaults.text(e));
    }
  }

  /// The name of a service, by its ARN.
  static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /// A task definition with everything that AWS says of it.
  ///
  /// @param name a family, a family with a revision, or an ARN
  public TaskDefinition taskDefinition(String name) {
    return aws.call(
        "read task definition " + TaskDefinition.shortName(name),
        clients -> {
          AtomicReference<byte[]> answer = new AtomicReference<>(new byte[0]);
          clients
              .ecs()
              .describeTaskDefinition(ask ->
                  ask.taskDefinition(name)
                      .include(TAGS)
                      .overrideConfiguration(
                          call -> call.putExecutionAttribute(RawJson.ANSWER, answer::set)));
          return TaskDefinition.of(answer.get());
        });
  }

  /// The active revisions of a family, newest first, at most a hundred.
  ///
  /// @return their ARNs
  public List<String> revisions(String family) {
    return aws.call(
        "list the revisions of " + family,
        clients ->
            clients
                .ecs()
                .listTaskDefinitions(ask -> ask.familyPrefix(family).status("ACTIVE").sort("DESC"))
                .taskDefinitionArns()
                .stream()
                .sorted(Comparator.comparingInt(EcsService::revision).reversed())
                .toList());
  }

  private static int revision(String arn) {
    return Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1));
  }

  /// Registers a revision.
  ///
  /// @param body of RegisterTaskDefinition
  /// @return its ARN
  /// @throws Failure [ExitCode#TASK_DEFINITION_REJECTED] with what AWS says
  public String register(ObjectNode body) {
    return aws.call(
        "register a task definition",
        clients -> {
          try {
            RegisterTaskDefinitionResponse answer =
                clients
                    .ecsWriting()
                    .registerTaskDefinition(ask ->
                        ask.overrideConfiguration(
                            call -> call.putExecutionAttribute(RawJson.BODY, Json.bytes(body))));
            if (answer.taskDefinition() == null) {
              throw Failure.of(
                  ExitCode.NETWORK_LOST,
                  "AWS answered the registration of a task definition with nothing; look at its revisions before you try again");
            }
            return answer.taskDefinition().taskDefinitionArn();
          } catch (ClientException | InvalidParameterException e) {
            if (AwsFaults.isPassing(e) || AwsFaults.isDenied(e)) {
              throw e;
            }
            throw Failure.of(
                    ExitCode.TASK_DEFINITION_REJECTED,
                    "AWS does not take the task definition: " + AwsFaults.text(e))
                .because(e)
                .showing(FargateSizes.complaint(body).stream().toList());
          }
        });
  }

  /// Removes a revision that nobody should run.
  public void deregister(String arn) {
    aws.call(
        "deregister " + TaskDefinition.shortName(arn),
        clients -> clients.ecsWriting().deregisterTaskDefinition(ask -> ask.taskDefinition(arn)));
  }

  /// Asks ECS to run a revision.
  ///
  /// @param taskDefinition its ARN
  /// @return the service right after that, whose PRIMARY deployment is ours
  /// @throws Failure [ExitCode#SERVICE_NOT_UPDATED] with what AWS says
  public ServiceState update(String taskDefinition) {
    return aws.call(
        "update service " + id,
        clients -> {
          try {
            Service service =
                clients
                    .ecsWriting()
                    .updateService(ask ->
                        ask.cluster(id.cluster())
                            .service(id.service())
                            .taskDefinition(taskDefinition))
                    .service();
            return ServiceState.of(service);
          } catch (ServiceNotFoundException | ServiceNotActiveException e) {
            throw Failure.of(
                    ExitCode.PREFLIGHT_FAILED,
                    "Service %s is not there or not active: %s".formatted(id, AwsFaults.text(e)))
                .because(e);
          } catch (EcsException e) {
            if (AwsFaults.isPassing(e) || AwsFaults.isDenied(e) || AwsFaults.isExpired(e)) {
              throw e;
            }
            throw Failure.of(
                    ExitCode.SERVICE_NOT_UPDATED,
                    "AWS does not update service %s: %s".formatted(id, AwsFaults.text(e)))
                .because(e);
          }
        });
  }

  /// The tasks of the service that should run.
  public List<TaskState> tasks() {
    return tasks(DesiredStatus.RUNNING, Set.of());
  }

  /// The tasks of the service that have stopped within about an hour.
  ///
  /// @param known ARNs of those that need not be looked at again
  public List<TaskState> stoppedTasks(Set<String> known) {
    return tasks(DesiredStatus.STOPPED, known);
  }

  private List<TaskState> tasks(DesiredStatus status, Set<String> known) {
    return aws.call(
        "look at the tasks of " + id,
        clients -> {
          List<String> arns =
              clients
                  .ecs()
                  .listTasksPaginator(ask ->
                      ask.cluster(id.cluster()).serviceName(id.service()).desiredStatus(status))
                  .taskArns()
                  .stream()
                  .filter(arn -> !known.contains(arn))
                  .toList();
          List<TaskState> tasks = new ArrayList<>();
          for (int i = 0; i < arns.size(); i += TASKS_A_CALL) {
            List<String> some = arns.subList(i, Math.min(arns.size(), i + TASKS_A_CALL));
            clients
                .ecs()
                .describeTasks(ask -> ask.cluster(id.cluster()).tasks(some))
                .tasks()
                .forEach(task -> tasks.add(TaskState.of(task)));
          }
          return List.copyOf(tasks);
        });
  }

  /// Its deployments, as ECS tells them by an API of its own.
  public ServiceDeployments deployments() {
    return new ServiceDeployments(aws, id);
  }
}
