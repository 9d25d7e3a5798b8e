package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/// What happens during a wait: others, AWS and the user come between.
final class WaitStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  /// Whatever is throttled: reading calls are repeated by the SDK, changes by the release.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aTenthOfAllCallsThrottledDoesNotMakeAGoodReleaseABadOne(int seed) {
    Random random = new Random(seed);
    Set<String> throttled = new TreeSet<>();
    bench.fake.throttles =
        operation -> {
          boolean isThrottled = random.nextInt(10) == 0;
          if (isThrottled) {
            throttled.add(operation);
          }
          return isThrottled;
        };
    bench.retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(4)
            .circuitBreakerEnabled(false)
            .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
            .build();
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(throttled).as("it was throttled").isNotEmpty();
    assertThat(bench.fake.parameters).containsKey("/quilt/mcp-server/image");
    assertThat(bench.fake.history).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RegisterTaskDefinition", "UpdateService", "PutParameter", "DeleteParameter"})
  void aThrottledChangeIsMadeAgainForTwoMinutes(String operation) {
    bench.fake.failing(operation, count -> count <= 3, throttled());
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.fake.count("UpdateService")).isLessThanOrEqualTo(4);
    assertThat(bench.fake.definitions).hasSize(2);
  }

  /// Tasks come and go and ECS talks all the time, which is what costs calls.
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aWaitOfThirtyMinutesMakesNoMoreThanSevenHundredCalls(boolean storyApi, boolean moves) {
    bench.fake.storyApi = storyApi;
    bench.patience = Duration.ofMinutes(30);
    for (int i = 1; moves && i < 30; i++) {
      int minute = i;
      bench.fake.after(
          60L * minute,
          (service, ours) -> {
            service.desired = 1 + minute % 3;
            service.start(ours, DIGEST).stopped("SpotInterruption", "reason " + minute);
            ours.running--;
            service.event(bench.fake.pace.instant(), "event " + minute);
          });
    }
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.STILL_RUNNING);
    assertThat(bench.fake.pace.elapsed()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
    Map<String, Integer> calls = bench.log.calls();
    int sum = calls.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(sum)
        .as(calls.toString())
        .isEqualTo(bench.fake.calls.size())
        .isLessThanOrEqualTo(700);
  }

  /// Somebody signs in again, which the next look finds.
  @Test
  void renewedCredentialsAreFoundDuringTheWait() {
    bench.fake.after(
        45,
        (_, _) -> {
          bench.fake.expiredKey = "story";
          System.setProperty("aws.accessKeyId", "renewed");
        });
    // The look that is under way still signs with the old key.
    bench.fake.failing(
        "DescribeServiceDeployments",
        count -> count == 8,
        new AwsError(400, "ExpiredTokenException", "The security token is expired"));
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString()).contains("No news from AWS (No usable AWS credentials");
  }

  @Test
  void aNetworkThatComesBackDoesNoHarm() {
    bench.fake.cut = (elapsed, _) -> elapsed.toSeconds() >= 50 && elapsed.toSeconds() < 240;
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString()).containsOnlyOnce("No news from AWS (AWS could not be reached");
  }

  @Test
  void aNetworkThatIsLostLeavesTheOutcomeOpen() {
    bench.fake.cut =
        (elapsed, call) ->
            elapsed.toSeconds() >= 50 && call.startsWith("AmazonEC2ContainerService");
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.NETWORK_LOST);
    assertThat(head(report)).contains("AWS could not be reached");
    assertThat(report.next().orElseThrow()).startsWith("deploy-cli wait --deployment ecs-svc/");
    assertThat(bench.fake.pace.elapsed()).isGreaterThan(Duration.ofMinutes(20));
    assertThat(Json.readObject(bench.fake.history.getLast()).path("outcome").asString(""))
        .isEqualTo("network_lost");
  }

  /// The rollout goes on, whatever AWS makes of a question.
  @Test
  void anAnswerThatNobodyExpectedLeavesTheOutcomeOpen() {
    bench.fake.failing(
        "DescribeServices",
        count -> count > 4,
        new AwsError(400, "InvalidParameterException", "no such"));
    ReleaseReport report =
        bench.ended(
            ExitCode.DEFECT,
            "ecs:DescribeServices answered InvalidParameterException: no such",
            "not known: deployment ecs-svc/",
            "deploy-cli wait --deployment ecs-svc/");
    assertThat(report.evidence()).anyMatch(line -> line.contains("HTTP 400, request id "));
    assertThat(Json.readObject(bench.fake.history.getLast()).path("outcome").asString(""))
        .isEqualTo("defect");
  }

  /// Where ECS does not tell stories, the deployments have to do.
  @Test
  void anApiThatIsNotToBeHadIsNoFailure() {
    bench.fake.failing(
        "ListServiceDeployments",
        _ -> true,
        new AwsError(400, "UnsupportedFeatureException", "not in this region"));
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString()).contains("judging by the deployments alone");
  }

  /// Tasks that autoscaling takes away have not failed.
  @Test
  void tasksThatAutoscalingStopsAreNoFailures() {
    bench.fake.service.breaker = false;
    bench.fake.service.rollback = false;
    for (int i = 1; i <= 4; i++) {
      bench.fake.after(
          10L * i,
          (service, ours) ->
              service
                  .start(ours, DIGEST)
                  .stopped(
                      "ServiceSchedulerInitiated", "Scaling activity initiated by (deployment x)"));
    }
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  /// AWS is eventually consistent.
  @Test
  void aServiceThatDoesNotListTheDeploymentYetIsNoRollback() {
    bench.fake.storyApi = false;
    bench.fake.after(0, (service, _) -> service.stale = true);
    bench.fake.after(20, (service, _) -> service.stale = false);
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  private static AwsError throttled() {
    return new AwsError(400, "ThrottlingException", "Rate exceeded");
  }
}
