package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeTask;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How rollouts fail: each with its exit code, its cause in the first lines, what serves now and
/// one next command.
final class RolloutStoryTest {
  private static final String NOW = "Serving now: quilt-mcp-server:1 (1 running)";

  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  /// Nobody rolls back but the user.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TaskFailedToStart | CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref | the image cannot be pulled | check that the digest is in ECR",
        "TaskFailedToStart | ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm | a secret or parameter of the task definition cannot be read | the execution role may read it",
        "TaskFailedToStart | ECS was unable to assume the role 'arn:aws:iam::850787717197:role/ecsTaskRole' that was provided for this task | ECS cannot assume a role | both roles exist and trust",
        "TaskFailedToStart | ResourceInitializationError: failed to validate logger args: The specified log group does not exist | the log group cannot be written to | create the log group",
        "EssentialContainerExited | Essential container in task exited | the container exits | look at its exit code",
        "EssentialContainerExited | OutOfMemoryError: Container killed due to memory usage | the container ran out of memory | raise memory",
        "ServiceSchedulerInitiated | Task failed container health checks | the health check in the container fails | its startPeriod",
        "ServiceSchedulerInitiated | Task failed ELB health checks in (target-group arn:aws:x) | the load balancer's health check fails | grace period",
        "EssentialContainerExited | exec /app/bin/server: exec format error | built for another processor | runtimePlatform",
      })
  void thirdEqualStopEndsTheWait(String code, String reason, String cause, String advice) {
    bench.fake.service.breaker = false;
    bench.fails(code, reason);
    ReleaseReport report = bench.ended(ExitCode.ROLLOUT_FAILED, cause, NOW, "deploy-cli rollback");
    assertThat(report.evidence()).anyMatch(line -> line.contains(advice));
    assertThat(report.evidence()).anyMatch(line -> line.contains("3 × stopped: "));
    assertThat(report.evidence()).anyMatch(line -> line.contains("last log lines of task"));
    // The third stop comes at 180 seconds.
    assertThat(bench.fake.pace.elapsed()).isLessThan(Duration.ofSeconds(180 + 30));
  }

  @ParameterizedTest
  @CsvSource({
    "137, OutOfMemoryError: Container killed, ran out of memory",
    "1, '', the container exits"
  })
  void exitCodesOfContainersAreShown(int exit, String reason, String cause) {
    bench.fake.service.breaker = false;
    for (int i = 1; i <= 3; i++) {
      bench.fake.after(
          60L * i,
          (service, ours) -> {
            FakeTask task =
                service.fail(
                    ours, "EssentialContainerExited", "Essential container in task exited");
            task.exitCode = exit;
            task.containerReason = reason;
          });
    }
    ReleaseReport report = bench.ended(ExitCode.ROLLOUT_FAILED, cause, NOW, "deploy-cli rollback");
    assertThat(report.evidence()).anyMatch(line -> line.contains("(exit code " + exit));
  }

  /// How fast a container was that ECS stopped is no other reason.
  @Test
  void exitCodesOfContainersThatEcsStopsAreNoReasons() {
    bench.fake.service.breaker = false;
    for (int i = 1; i <= 3; i++) {
      int exit = List.of(0, 143, 137).get(i - 1);
      bench.fake.after(
          60L * i,
          (service, ours) ->
              service.fail(ours, "ServiceSchedulerInitiated", "Task failed ELB health checks in x")
                      .exitCode =
                  exit);
    }
    ReleaseReport report =
        bench.ended(
            ExitCode.ROLLOUT_FAILED,
            "the load balancer's health check fails (3 times in a row)",
            NOW,
            "deploy-cli rollback");
    assertThat(report.evidence()).contains("3 × stopped: Task failed ELB health checks in x");
  }

  /// The text of the event alone names it, where no task was ever seen.
  @Test
  void anEventAloneNamesTheCause() {
    bench.fake.after(
        60,
        (service, ours) -> {
          service.event(
              bench.fake.pace.instant(),
              "service x was unable to assume the role arn:aws:iam::850787717197:role/ecsTaskRole");
          bench.fake.serviceDeployment = "STOPPED";
          ours.rolloutState = "FAILED";
          ours.reason = "tasks failed to start";
        });
    bench.ended(ExitCode.ROLLOUT_FAILED, "ECS cannot assume a role", NOW, "deploy-cli rollback");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCircuitBreakerThatDoesNotRollBackIsAFailure(boolean storyApi) {
    bench.fake.storyApi = storyApi;
    bench.fake.service.rollback = false;
    bench.fake.after(
        60,
        (service, ours) -> {
          service.fail(ours, "EssentialContainerExited", "Essential container in task exited");
          ours.rolloutState = "FAILED";
          ours.reason = "tasks failed to start";
          bench.fake.serviceDeployment = "STOPPED";
        });
    bench.ended(ExitCode.ROLLOUT_FAILED, "the container exits", NOW, "deploy-cli rollback");
  }

  /// What was left by a release that failed and was not rolled back does not block the next one.
  @Test
  void aFailedDeploymentIsReleasedAgain() {
    aCircuitBreakerThatDoesNotRollBackIsAFailure(false);
    bench.fake.storyApi = false;
    bench.fake.after(1000, (_, _) -> {});
    bench.fake.whenWaiting(_ -> {
      FakeDeployment newest = bench.fake.service.deployments.getFirst();
      if (newest.taskDefinition.endsWith(":3")) {
        bench.fake.service.complete(newest, DIGEST);
      }
    });
    ReleaseReport again = bench.release();
    assertThat(again.code()).as(bench.err + "\n" + again).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString())
        .contains("The deployment of quilt-mcp-server:2 has failed; releasing it again");
  }

  /// A service that was moved without a deployment.
  @Test
  void aServiceThatDoesNotRunWhatItWantsIsReleasedAgain() {
    bench.goesWell();
    assertThat(bench.release().code()).isEqualTo(ExitCode.OK);
    bench.fake.service.deployments.clear();
    FakeDeployment old =
        bench.fake.service.deploy(
            "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:1",
            bench.fake.pace.instant());
    bench.fake.service.complete(old, OLD);
    bench.fake.service.taskDefinition = old.taskDefinition.replaceFirst("1$", "2");
    bench.fake.whenWaiting(_ -> {
      FakeDeployment newest = bench.fake.service.deployments.getFirst();
      if (newest.taskDefinition.endsWith(":3")) {
        bench.fake.service.complete(newest, DIGEST);
      }
    });
    bench.fake.storyApi = false;
    ReleaseReport again = bench.release();
    assertThat(again.code()).as(bench.err + "\n" + again).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString())
        .contains(
            "The service wants quilt-mcp-server:2, but its deployment brings quilt-mcp-server:1; releasing it again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service x was unable to place a task because no container instance met all of its requirements.",
        "(service x) failed to launch a task with (error Capacity is unavailable at this time. Please try again later).",
        "RESOURCE:ENI",
        "Timeout waiting for network interface provisioning to complete.",
      })
  void capacityIsWaitedForAndNamed(String event) {
    bench.fake.after(60, (service, _) -> service.event(bench.fake.pace.instant(), event));
    bench.ended(
        ExitCode.STILL_RUNNING,
        "AWS has no capacity or no network interface",
        NOW,
        "deploy-cli wait --deployment ecs-svc/");
    assertThat(bench.fake.pace.elapsed()).isGreaterThan(Duration.ofMinutes(20));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoReplacesAReleaseIsNamed(boolean storyApi) {
    bench.fake.storyApi = storyApi;
    String other = "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:9";
    bench.fake.after(
        60,
        (service, _) -> {
          bench.fake.definitions.put(
              other, Json.readObject(Json.text(bench.definition()).replace("0.9.0", "2.0.0")));
          service.deploy(other, bench.fake.pace.instant());
          bench.fake.serviceDeployment = "STOPPED";
        });
    bench.ended(
        ExitCode.SUPERSEDED,
        "another deployment took its place: quilt-mcp-server:9, version",
        NOW,
        "deploy-cli status");
  }

  @Test
  void aRolloutThatWaitsForADecisionIsTold() {
    bench.fake.after(60, (_, _) -> bench.fake.paused = true);
    bench.ended(
        ExitCode.PAUSED,
        "waits at a hook for somebody to decide",
        NOW,
        "deploy-cli wait --deployment ecs-svc/");
  }
}
