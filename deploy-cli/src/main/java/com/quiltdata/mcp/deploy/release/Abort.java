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
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when nothing is under way; [ExitCode#SUPERSEDED]
  ///   when another deployment took the place of the one that was
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
    Optional<DeploymentState> other = new Retreat(ecs, launch.watcher()).from(started);
    if (other.isPresent()) {
      throw Failure.of(
              ExitCode.SUPERSEDED,
              "Deployment %s, of %s, took the place of %s; it is left alone and nothing was changed"
                  .formatted(
                      other.get().id(),
                      TaskDefinition.shortName(other.get().taskDefinition()),
                      ours.id()))
          .next("deploy-cli status");
    }
    RolloutResult result =
        new Rollout(ecs, launch.pace(), launch.random(), launch.watcher())
            .awaitReturn(started, launch.patience());
    boolean isBack = result.verdict() instanceof Verdict.RolledBack;
    String told =
        switch (result.verdict()) {
          case Verdict.RolledBack _ -> TaskDefinition.shortName(previous) + " is back";
          case Verdict.RolledOut _ ->
              TaskDefinition.shortName(ours.taskDefinition())
                  + " was complete before it could be ended";
          case Verdict.Failed(_, boolean neither) when neither ->
              "the rollback failed too, neither version is known to be good";
          default -> "the old version is not back";
        };
    String next =
        switch (result.verdict()) {
          case Verdict.RolledOut _ -> "deploy-cli rollback";
          case Verdict.Failed(_, boolean neither) when neither -> "deploy-cli verify";
          default -> "deploy-cli status";
        };
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
        Optional.of(next));
  }
}
