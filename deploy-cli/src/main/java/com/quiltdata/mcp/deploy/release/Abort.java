package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Rollout;
import com.quiltdata.mcp.deploy.ecs.RolloutResult;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.ecs.Verdict;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.List;
import java.util.Optional;

/// Ends a rollout that is under way and brings the old version back.
///
/// @param launch waits
public record Abort(Launch launch) {

  /// Ends it.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when nothing is under way
  public ReleaseReport run() {
    EcsService ecs = launch.ecs();
    ServiceState service = ecs.state();
    DeploymentState ours =
        service
            .primary()
            .filter(_ -> service.isDeploying())
            .orElseThrow(() ->
                Failure.of(
                        ExitCode.PREFLIGHT_FAILED,
                        "No deployment of %s is under way".formatted(ecs.id()))
                    .next("deploy-cli rollback"));
    String previous =
        service
            .before(ours)
            .orElseThrow(() ->
                Failure.of(
                        ExitCode.PREFLIGHT_FAILED,
                        "There is no older version to go back to: only %s is deployed"
                            .formatted(TaskDefinition.shortName(ours.taskDefinition())))
                    .next("deploy-cli rollback VERSION"));
    StartedDeployment started =
        new StartedDeployment(
            ours.id(),
            ours.taskDefinition(),
            previous,
            launch.target().container(),
            ours.createdAt());
    launch.takeBack(started);
    RolloutResult result =
        new Rollout(ecs, launch.pace(), launch.random(), launch.watcher())
            .await(started, launch.patience());
    boolean isBack = result.verdict() instanceof Verdict.RolledBack;
    boolean isLate = result.verdict() instanceof Verdict.RolledOut;
    String told =
        isBack
            ? "%s is back".formatted(TaskDefinition.shortName(previous))
            : isLate
                ? "%s was complete before it could be ended"
                    .formatted(TaskDefinition.shortName(ours.taskDefinition()))
                : "the old version is not back";
    Checks checks = new Checks();
    if (isBack) {
      checks.passed(Checks.Check.ROLLOUT, told);
    } else {
      checks.failed(Checks.Check.ROLLOUT, told);
    }
    return new ReleaseReport(
        "abort",
        isBack ? ExitCode.OK : ExitCode.ROLLOUT_FAILED,
        "",
        Optional.empty(),
        Optional.of(TaskDefinition.shortName(previous)),
        Optional.of(ours.id()),
        Optional.of(TaskDefinition.shortName(ours.taskDefinition())),
        checks,
        isBack ? Optional.empty() : Optional.of(told),
        Optional.of(result.service().serving()),
        List.of(),
        Optional.of(isLate ? "deploy-cli rollback" : "deploy-cli status"));
  }
}
