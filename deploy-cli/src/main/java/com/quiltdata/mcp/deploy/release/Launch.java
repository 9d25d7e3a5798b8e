package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.ecs.Rollout;
import com.quiltdata.mcp.deploy.ecs.RolloutResult;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.ecs.Verdict;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.release.Checks.Check;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Waits for a deployment, proves that it serves, and says why it does not.
///
/// @param aws asks
/// @param ecs the service
/// @param target what is released
/// @param pace waits
/// @param random makes pauses uneven
/// @param watcher hears of it
/// @param patience for how long a rollout may take
/// @param autoRollback whether a release that fails for good is taken back
public record Launch(
    AwsClients aws,
    EcsService ecs,
    ReleaseTarget target,
    Pace pace,
    RandomGenerator random,
    ReleaseWatcher watcher,
    Duration patience,
    boolean autoRollback) {
  /// How it ended.
  ///
  /// @param code [ExitCode#OK] only when everything was proven that can be
  /// @param cause of anything else
  /// @param serving what serves now
  /// @param evidence lines that show the cause
  /// @param next the one command to run next
  public record End(
      ExitCode code,
      Optional<String> cause,
      Optional<String> serving,
      List<String> evidence,
      Optional<String> next) {

    /// Copies the evidence.
    public End {
      evidence = List.copyOf(evidence);
    }

    static End ok() {
      return new End(ExitCode.OK, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
  }

  /// Starts a revision and sees it to its end.
  ///
  /// @param before the service as the release found it
  /// @param taskDefinition the ARN of the revision
  /// @throws Failure what the calls throw; the rollout goes on
  public StartedDeployment start(ServiceState before, String taskDefinition) {
    watcher.step("Updating %s to %s".formatted(ecs.id(), TaskDefinition.shortName(taskDefinition)));
    java.time.Instant at = pace.instant();
    ServiceState after = new Insistence(pace, watcher).on(() -> updated(before, taskDefinition));
    DeploymentState ours =
        after
            .primary()
            .orElseThrow(() ->
                Failure.of(
                        ExitCode.NETWORK_LOST,
                        "AWS answered the update of %s without a deployment".formatted(ecs.id()))
                    .next("deploy-cli status"));
    java.time.Instant began =
        ours.createdAt().isBefore(at) && !ours.createdAt().equals(java.time.Instant.EPOCH)
            ? ours.createdAt()
            : at;
    return new StartedDeployment(
        ours.id(), taskDefinition, before.settled(), target.container(), began);
  }

  private ServiceState updated(ServiceState before, String taskDefinition) {
    try {
      return ecs.update(taskDefinition);
    } catch (Failure e) {
      throw e.code() == ExitCode.SERVICE_NOT_UPDATED
          ? e.showing(
              before.deployments().stream()
                  .map(one ->
                      "deployment %s: %s, %s"
                          .formatted(
                              one.id(),
                              TaskDefinition.shortName(one.taskDefinition()),
                              one.status()))
                  .toList())
          : e;
    }
  }

  /// Waits and proves.
  ///
  /// @param checks gets what was proven
  /// @return how it ended; when something kept us from looking on, that and how to go on, since the
  ///   rollout goes on too
  public End see(StartedDeployment started, Proof.Wanted wanted, Checks checks) {
    try {
      return seen(started, wanted, checks);
    } catch (Failure e) {
      return Aftermath.of(e, Optional.empty(), Optional.of(started.id()));
    }
  }

  private End seen(StartedDeployment started, Proof.Wanted wanted, Checks checks) {
    watcher.step(
        "Waiting for deployment %s, at most %d minutes"
            .formatted(started.id(), patience.toMinutes()));
    RolloutResult result =
        new Rollout(ecs, pace, random, new NearLooks(aws, ecs, watcher)).await(started, patience);
    return switch (result.verdict()) {
      case Verdict.RolledOut() -> proven(started, wanted, checks);
      case Verdict.Paused() ->
          end(
              ExitCode.PAUSED,
              "the rollout waits at a hook for somebody to decide",
              result,
              checks,
              "deploy-cli wait --deployment " + started.id());
      case Verdict.RolledBack(Optional<String> reason) ->
          end(
              ExitCode.ROLLED_BACK,
              cause(result, reason),
              result,
              checks,
              result.diagnosis().isKnown() ? "deploy-cli logs" : "deploy-cli status");
      case Verdict.RollingBack(Optional<String> reason) ->
          end(
              ExitCode.STILL_RUNNING,
              cause(result, reason) + "; the old version is still coming back",
              result,
              checks,
              "deploy-cli status");
      case Verdict.Failed(Optional<String> reason, boolean neither) ->
          neither
              ? neither(started, cause(result, reason), result, checks)
              : end(
                  ExitCode.ROLLOUT_FAILED,
                  cause(result, reason),
                  result,
                  checks,
                  "deploy-cli rollback");
      case Verdict.Superseded(String by) ->
          end(
              ExitCode.SUPERSEDED,
              "another deployment took its place: " + evidence().successor(by),
              result,
              checks,
              "deploy-cli status");
      case Verdict.Waiting(Optional<String> note) ->
          result.hopeless()
              ? hopeless(started, result, checks)
              : end(
                  ExitCode.STILL_RUNNING,
                  "the rollout takes longer than %d minutes%s%s"
                      .formatted(
                          patience.toMinutes(),
                          note.map(" (%s)"::formatted).orElse(""),
                          result.diagnosis().kind().isPresent()
                              ? ": " + result.diagnosis().cause()
                              : ""),
                  result,
                  checks,
                  "deploy-cli wait --deployment " + started.id());
    };
  }

  private static String cause(RolloutResult result, Optional<String> reason) {
    return result.diagnosis().isKnown()
        ? result.diagnosis().cause()
        : reason.map("ECS says: "::concat).orElse(result.diagnosis().cause());
  }

  private End proven(StartedDeployment started, Proof.Wanted wanted, Checks checks) {
    checks.passed(
        Check.ROLLOUT,
        "%s is complete".formatted(TaskDefinition.shortName(started.taskDefinition())));
    watcher.step("Proving that it serves");
    new Proof(aws, ecs, target, pace).prove(wanted, checks, true);
    return checks.allPassed()
        ? End.ok()
        : judged(checks, ecs.state().serving(), "deploy-cli rollback");
  }

  /// What the checks amount to.
  ///
  /// @param serving what serves now
  static End judged(Checks checks, String serving, String next) {
    return checks
        .firstFailed()
        .map(failed ->
            new End(
                failed.getKey() == Check.SMOKE ? ExitCode.SMOKE_FAILED : ExitCode.UNHEALTHY,
                Optional.of(failed.getValue().detail()),
                Optional.of(serving),
                List.of(),
                Optional.of(next)))
        .orElse(End.ok());
  }

  /// The same permanent failure came three times, and nothing but us brings the old version back.
  private End hopeless(StartedDeployment started, RolloutResult result, Checks checks) {
    String cause =
        "%s (%d times in a row)".formatted(result.diagnosis().cause(), result.diagnosis().stops());
    if (!autoRollback) {
      return end(ExitCode.ROLLOUT_FAILED, cause, result, checks, "deploy-cli rollback");
    }
    Optional<DeploymentState> other = new Retreat(ecs, watcher).from(started);
    if (other.isPresent()) {
      return end(
          ExitCode.SUPERSEDED,
          "%s; then another deployment took its place, which is left alone: %s"
              .formatted(cause, evidence().successor(other.get().taskDefinition())),
          result,
          checks,
          "deploy-cli status");
    }
    RolloutResult back =
        new Rollout(ecs, pace, random, new NearLooks(aws, ecs, watcher))
            .awaitReturn(started, patience);
    return switch (back.verdict()) {
      case Verdict.RolledBack _ ->
          end(ExitCode.ROLLED_BACK, cause, back, checks, "deploy-cli logs");
      case Verdict.Failed(_, boolean neither) when neither -> neither(started, cause, back, checks);
      default -> end(ExitCode.ROLLOUT_FAILED, cause, back, checks, "deploy-cli status");
    };
  }

  /// The version before does not come up either: to go back once more is of no use before it is
  /// known why.
  private End neither(
      StartedDeployment started, String cause, RolloutResult result, Checks checks) {
    return end(
        ExitCode.ROLLOUT_FAILED,
        cause + "; the rollback failed too, neither version is known to be good",
        result,
        checks,
        evidence().ofBoth(started, result),
        "deploy-cli verify");
  }

  private End end(ExitCode code, String cause, RolloutResult result, Checks checks, String next) {
    return end(code, cause, result, checks, evidence().of(result), next);
  }

  private static End end(
      ExitCode code,
      String cause,
      RolloutResult result,
      Checks checks,
      List<String> evidence,
      String next) {
    checks.failed(Check.ROLLOUT, cause);
    return new End(
        code,
        Optional.of(cause),
        Optional.of(result.service().serving()),
        evidence,
        Optional.of(next));
  }

  private Evidence evidence() {
    return new Evidence(aws, ecs, target);
  }
}
