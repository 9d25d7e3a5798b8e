package com.quiltdata.mcp.deploy.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rollouts that are taken back, by ECS or by somebody.
final class RollbackStoryTest {
  private static final String NOW = "Serving now: quilt-mcp-server:1 (1 running)";

  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCircuitBreakerThatRollsBackIsAFailure(boolean storyApi) {
    bench.fake.storyApi = storyApi;
    bench.fails("EssentialContainerExited", "Essential container in task exited");
    bench.fake.after(400, (_, _) -> bench.rollsBack());
    ReleaseReport report =
        bench.ended(ExitCode.ROLLED_BACK, "the container exits", NOW, "deploy-cli logs");
    if (storyApi) {
      assertThat(report.evidence()).anyMatch(line -> line.contains("circuit breaker: 3 of 3"));
    }
  }

  /// Somebody has ended it: there is nothing to read in logs.
  @Test
  void aReleaseThatSomebodyEndsHasNotFailedByItself() {
    bench.fake.after(
        60,
        (_, _) -> {
          bench.fake.statusReason = "rollback requested";
          bench.rollsBack();
        });
    ReleaseReport report =
        bench.ended(ExitCode.ROLLED_BACK, "ECS says: rollback requested", NOW, "deploy-cli status");
    assertThat(report.evidence().getFirst()).contains("nothing of it was seen to fail");
  }

  /// The logs are those of a task that failed, not of one that was taken away.
  @Test
  void logsAreThoseOfTheNewestTaskThatFailed() {
    bench.fake.after(
        60,
        (service, ours) -> {
          service.fail(ours, "EssentialContainerExited", "Essential container in task exited");
          service.fail(ours, "ServiceSchedulerInitiated", "Scaling activity initiated by (x)");
          bench.rollsBack();
        });
    ReleaseReport report =
        bench.ended(ExitCode.ROLLED_BACK, "the container exits", NOW, "deploy-cli logs");
    String failed =
        bench.fake.service.tasks.stream()
            .filter(task -> task.stopCode.equals("EssentialContainerExited"))
            .findFirst()
            .orElseThrow()
            .id;
    assertThat(report.evidence()).contains("last log lines of task " + failed + ":");
  }

  @Test
  void alarmsThatEndARolloutAreNamed() {
    bench.fake.after(
        60,
        (_, _) -> {
          bench.fake.triggeredAlarms = List.of("mcp-5xx", "mcp-latency");
          bench.fake.statusReason = "ECS deployment failed: alarms detected.";
          bench.rollsBack();
        });
    bench.ended(
        ExitCode.ROLLED_BACK,
        "alarms were triggered: mcp-5xx, mcp-latency",
        NOW,
        "deploy-cli logs");
  }

  @Test
  void oneThatWasAskedForMayFailToo() {
    bench.autoRollback = true;
    bench.fake.service.rollback = false;
    bench.fails("EssentialContainerExited", "Essential container in task exited");
    bench.fake.after(240, (_, _) -> bench.fake.serviceDeployment = "ROLLBACK_FAILED");
    bench.ended(
        ExitCode.ROLLOUT_FAILED,
        "the container exits (3 times in a row); the rollback failed too",
        "Serving now: ",
        "deploy-cli verify");
  }

  /// It is replaced right before it would be taken back.
  @Test
  void whatSomebodyElseDeploysMeanwhileIsNotTakenBack() {
    bench.autoRollback = true;
    bench.fake.service.rollback = false;
    bench.fails("EssentialContainerExited", "Essential container in task exited");
    String other = bench.fake.service.taskDefinition.replaceFirst("1$", "9");
    bench.fake.definitions.put(other, bench.definition());
    bench.fake.whenWaiting(_ -> {
      if (bench.err.toString().contains("==> Rolling back to")
          && !bench.fake.service.taskDefinition.equals(other)) {
        bench.fake.service.deploy(other, bench.fake.pace.instant());
      }
    });
    bench.ended(
        ExitCode.SUPERSEDED,
        "then another deployment took its place, which is left alone: quilt-mcp-server:9",
        NOW,
        "deploy-cli status");
    assertThat(bench.fake.count("UpdateService")).isEqualTo(1);
  }

  /// A release that replaces one under way goes back to what was complete before both.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReleaseThatReplacedAnotherGoesBackToWhatWasComplete(boolean storyApi) {
    bench.fake.storyApi = storyApi;
    bench.supersede = true;
    String other = bench.fake.service.taskDefinition.replaceFirst("1$", "2");
    bench.fake.definitions.put(other, bench.definition());
    bench.fake.service.deploy(other, bench.fake.pace.instant());
    bench.fake.after(60, (_, _) -> bench.rollsBack());
    ReleaseReport report = bench.ended(ExitCode.ROLLED_BACK, "", NOW, "deploy-cli status");
    assertThat(report.taskDefinition()).contains("quilt-mcp-server:3");
    assertThat(report.previous()).contains("quilt-mcp-server:1");
  }

  /// To go back once more is of no use before what both versions want is found.
  @Test
  void aRollbackThatFailsTooIsTold() {
    bench.fake.after(
        60,
        (service, ours) -> {
          service.fail(ours, "EssentialContainerExited", "Essential container in task exited");
          FakeDeployment old = service.deployments.getLast();
          for (int i = 0; i < 3; i++) {
            service.fail(old, "TaskFailedToStart", "unable to retrieve secret from ssm");
          }
          bench.fake.serviceDeployment = "ROLLBACK_FAILED";
        });
    ReleaseReport report =
        bench.ended(
            ExitCode.ROLLOUT_FAILED,
            "the container exits; the rollback failed too, neither version is known to be good",
            NOW,
            "deploy-cli verify");
    assertThat(report.evidence().getFirst())
        .startsWith("What to do: look for what both versions want and do not get");
    assertThat(report.evidence())
        .contains(
            "quilt-mcp-server:1: 3 × stopped: unable to retrieve secret from ssm",
            "1 × stopped: Essential container in task exited");
  }
}
