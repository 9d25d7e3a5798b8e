package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Goes on waiting for a deployment that somebody has started, and records a good end.
///
/// @param aws asks
/// @param target what is released
/// @param pace waits
/// @param random makes pauses uneven
/// @param watcher hears of it
/// @param patience for how long
/// @param from where it waits, for the record
public record Resumption(
    AwsClients aws,
    ReleaseTarget target,
    Pace pace,
    RandomGenerator random,
    ReleaseWatcher watcher,
    Duration patience,
    String from) {

  /// Waits.
  ///
  /// @param id of the deployment; empty for the newest
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when the service has no such deployment any more
  public ReleaseReport run(Optional<String> id) {
    EcsService ecs = new EcsService(aws, target.service());
    ServiceState service = ecs.state();
    DeploymentState ours =
        id.map(service::deployment)
            .orElseGet(service::primary)
            .orElseThrow(() ->
                Failure.of(
                        ExitCode.PREFLIGHT_FAILED,
                        "Service %s has no deployment %s any more; it has: %s"
                            .formatted(
                                ecs.id(),
                                id.orElse(""),
                                service.deployments().stream()
                                    .map(DeploymentState::id)
                                    .collect(Collectors.joining(", "))))
                    .next("deploy-cli status"));
    String previous = service.before(ours).orElse("");
    TaskDefinition definition = ecs.taskDefinition(ours.taskDefinition());
    String image = definition.image(target.container());
    StartedDeployment started =
        new StartedDeployment(
            ours.id(), ours.taskDefinition(), previous, target.container(), ours.createdAt());
    Proof.Wanted wanted =
        new Proof.Wanted(
            ours.taskDefinition(),
            ImageReference.parse(image).flatMap(ImageReference::digest),
            Optional.empty());
    Checks checks = new Checks();
    Launch.End end =
        new Launch(aws, ecs, target, pace, random, watcher, patience, false)
            .see(started, wanted, checks);
    String version =
        definition.variable(target.container(), TaskDefinition.VERSION_VARIABLE).orElse("unknown");
    if (end.code() == ExitCode.OK) {
      record(end, version, image, definition.shortName(), TaskDefinition.shortName(previous));
    }
    return new ReleaseReport(
        "wait",
        end.code(),
        version,
        Optional.of(image),
        Optional.of(definition.shortName()),
        Optional.of(ours.id()),
        Optional.of(previous).filter(one -> !one.isEmpty()).map(TaskDefinition::shortName),
        checks,
        end.cause(),
        end.serving(),
        end.evidence(),
        end.next());
  }

  /// Whoever began the release was gone before it was good, and could not write that down.
  private void record(
      Launch.End end, String version, String image, String revision, String previous) {
    try {
      String who =
          aws.call("find out who you are", clients -> clients.sts().getCallerIdentity(ask -> {}))
              .arn();
      new Bookkeeping(new ReleaseRecords(aws, target.parameters()), pace, watcher, who, from)
          .written("wait", version, end, image, revision, previous);
    } catch (Failure e) {
      watcher.note("The release was not recorded: " + e.cause());
    }
  }
}
