package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.release.Checks.Check;
import java.util.List;
import java.util.Optional;

/// Proves that what is deployed serves, without changing anything.
///
/// @param aws asks
/// @param target what is deployed
/// @param pace the time
public record Validation(AwsClients aws, ReleaseTarget target, Pace pace) {

  /// Looks.
  public ReleaseReport run() {
    EcsService ecs = new EcsService(aws, target.service());
    ServiceState service = ecs.state();
    TaskDefinition running = ecs.taskDefinition(service.taskDefinition());
    String image = running.image(target.container());
    Checks checks = new Checks();
    rollout(service, running, checks);
    if (checks.allPassed()) {
      Proof.Wanted wanted =
          new Proof.Wanted(
              running.arn(),
              ImageReference.parse(image).flatMap(ImageReference::digest),
              Optional.empty());
      new Proof(aws, ecs, target, pace).prove(wanted, checks, false);
    }
    Launch.End end = Launch.judged(checks, service.serving(), "deploy-cli status");
    return new ReleaseReport(
        "validate",
        end.code(),
        running.variable(target.container(), TaskDefinition.VERSION_VARIABLE).orElse("unknown"),
        Optional.of(image),
        Optional.of(running.shortName()),
        service.primary().map(DeploymentState::id),
        Optional.empty(),
        checks,
        end.cause(),
        end.serving(),
        List.of(),
        end.next());
  }

  private static void rollout(ServiceState service, TaskDefinition running, Checks checks) {
    Optional<DeploymentState> primary = service.primary();
    String name = running.shortName();
    if (!service.status().equals("ACTIVE")) {
      checks.failed(Check.ROLLOUT, "the service is " + service.status());
    } else if (service.desired() == 0) {
      checks.failed(Check.ROLLOUT, "nothing runs: the desired count of the service is 0");
    } else if (primary.filter(one -> !one.taskDefinition().equals(running.arn())).isPresent()) {
      checks.failed(
          Check.ROLLOUT,
          "the service wants %s, but its deployment brings %s"
              .formatted(name, TaskDefinition.shortName(primary.get().taskDefinition())));
    } else if (primary.filter(DeploymentState::isFailed).isPresent()) {
      checks.failed(
          Check.ROLLOUT,
          "the deployment of %s has failed: %s"
              .formatted(name, primary.flatMap(DeploymentState::reason).orElse("no reason given")));
    } else if (service.isDeploying()) {
      checks.failed(Check.ROLLOUT, "a deployment of %s is under way".formatted(name));
    } else {
      checks.passed(Check.ROLLOUT, name + " is complete");
    }
  }
}
