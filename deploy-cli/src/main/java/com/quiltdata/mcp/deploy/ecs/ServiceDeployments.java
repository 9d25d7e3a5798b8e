package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.RawJson;
import com.quiltdata.mcp.deploy.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentNotFoundException;

/// The service deployments of one service: the stories that ECS tells of its rollouts.
///
/// @param aws asks
/// @param id of the service
public record ServiceDeployments(AwsClients aws, ServiceId id) {

  /// A service deployment by its ARN.
  public Optional<ServiceDeploymentState> find(String arn) {
    return aws.call(
        "look at the deployment of " + id,
        clients -> {
          AtomicReference<byte[]> answer = new AtomicReference<>(new byte[0]);
          Optional<ServiceDeployment> found =
              clients
                  .ecs()
                  .describeServiceDeployments(ask ->
                      ask.serviceDeploymentArns(arn)
                          .overrideConfiguration(
                              call -> call.putExecutionAttribute(RawJson.ANSWER, answer::set)))
                  .serviceDeployments()
                  .stream()
                  .findFirst();
          // This SDK does not know hooks that pause.
          boolean paused =
              Json.read(answer.get())
                  .path("serviceDeployments")
                  .path(0)
                  .path("lifecycleHookDetails")
                  .valueStream()
                  .anyMatch(hook -> hook.path("status").asString("").equals("AWAITING_ACTION"));
          return found.map(one -> ServiceDeploymentState.of(one, paused));
        });
  }

  /// The ARNs of the newest service deployments, newest first.
  public List<String> newest() {
    return aws.call(
        "list the deployments of " + id,
        clients ->
            clients
                .ecs()
                .listServiceDeployments(ask -> ask.cluster(id.cluster()).service(id.service()))
                .serviceDeployments()
                .stream()
                .map(one -> DeploymentState.text(one.serviceDeploymentArn()))
                .toList());
  }

  /// The task definition that a service revision runs.
  ///
  /// @param revision its ARN
  public Optional<String> taskDefinitionOf(String revision) {
    return aws.call(
        "look at a revision of " + id,
        clients ->
            clients
                .ecs()
                .describeServiceRevisions(ask -> ask.serviceRevisionArns(revision))
                .serviceRevisions()
                .stream()
                .findFirst()
                .map(one -> DeploymentState.text(one.taskDefinition())));
  }

  /// Ends a rollout and brings the old version back.
  ///
  /// @param arn of the service deployment
  /// @return whether it was there to be ended; else it is over, or on its way back
  public boolean rollBack(String arn) {
    return aws.call(
        "roll back the deployment of " + id,
        clients -> {
          try {
            clients
                .ecsWriting()
                .stopServiceDeployment(ask -> ask.serviceDeploymentArn(arn).stopType("ROLLBACK"));
            return true;
          } catch (ConflictException _) {
            return false;
          } catch (ServiceDeploymentNotFoundException _) {
            return false;
          }
        });
  }
}
