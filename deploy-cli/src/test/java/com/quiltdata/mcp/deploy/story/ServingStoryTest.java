package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rollouts that are complete, and whether they serve.
final class ServingStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Target.ResponseCodeMismatch | gets another status than it wants",
        "Target.Timeout | gets no answer in time",
        "Target.FailedHealthChecks | nothing listens at that port",
        "Target.NotInUse | attached to no listener",
        "Target.NotRegistered | not registered",
      })
  void aTargetThatIsNotHealthyIsNoSuccess(String reason, String cause) {
    bench.fake.after(
        100,
        (service, ours) -> {
          service.complete(ours, DIGEST);
          service.tasks.getLast().targetState = "unhealthy";
          service.tasks.getLast().targetReason = reason;
          bench.fake.serviceDeployment = "SUCCESSFUL";
        });
    bench.ended(
        ExitCode.UNHEALTHY,
        cause,
        "Serving now: quilt-mcp-server:2 (1 running)",
        "deploy-cli rollback");
  }

  /// An old target that drains is no failure.
  @Test
  void oldTargetsMayDrain() {
    bench.fake.after(
        100,
        (service, ours) -> {
          service.start(ours, DIGEST);
          ours.rolloutState = "COMPLETED";
          service.tasks.getFirst().targetState = "draining";
          service.tasks.getFirst().targetReason = "Target.DeregistrationInProgress";
          bench.fake.serviceDeployment = "SUCCESSFUL";
        });
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  @Test
  void nothingThatRunsIsNoSuccess() {
    bench.fake.service.desired = 0;
    bench.fake.after(
        20,
        (service, ours) -> {
          service.complete(ours, DIGEST);
          bench.fake.serviceDeployment = "SUCCESSFUL";
        });
    bench.ended(
        ExitCode.UNHEALTHY,
        "desired count of the service is 0",
        "Serving now: nothing",
        "deploy-cli rollback");
    assertThat(bench.validation().code()).isEqualTo(ExitCode.UNHEALTHY);
  }

  @Test
  void autoscalingDuringTheWaitIsFollowed() {
    bench.fake.after(30, (service, _) -> service.desired = 2);
    bench.goesWell();
    ReleaseReport report = bench.release();
    assertThat(report.code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(report.json().path("checks").path("targets").path("detail").stringValue())
        .contains("2 of 2");
  }
}
