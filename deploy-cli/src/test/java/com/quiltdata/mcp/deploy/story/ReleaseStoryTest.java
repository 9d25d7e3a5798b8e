package com.quiltdata.mcp.deploy.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.AwsConfig;
import com.quiltdata.mcp.deploy.aws.CallLog;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.console.ReportText;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.ServiceId;
import com.quiltdata.mcp.deploy.fake.FakeAws;
import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ImageStep;
import com.quiltdata.mcp.deploy.release.Release;
import com.quiltdata.mcp.deploy.release.ReleaseOptions;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of releases, told as AWS would let them go, in virtual time.
final class ReleaseStoryTest {
  private static final String DIGEST = "sha256:" + "1".repeat(64);

  private final FakeAws fake = new FakeAws();
  private final StringWriter err = new StringWriter();
  private boolean autoRollback;
  private boolean dryRun;
  private boolean supersede;
  private Duration lockWait = Duration.ZERO;
  private String built = DIGEST;

  @AfterEach
  void close() {
    fake.close();
  }

  private ReleaseReport release() {
    ReleaseTarget target =
        new ReleaseTarget(
            new ServiceId("sales-prod", "sales-prod-mcp-server-production"),
            "mcp-server",
            "quilt-mcp-server",
            Optional.empty(),
            "/quilt/mcp-server",
            Optional.empty(),
            Optional.empty());
    ReleaseOptions options =
        new ReleaseOptions(
            "1.0.0",
            "abc",
            Optional.empty(),
            dryRun,
            true,
            supersede,
            false,
            autoRollback,
            false,
            lockWait,
            Duration.ofMinutes(20),
            "test",
            Optional.empty());
    ImageStep images =
        new ImageStep() {
          @Override
          public String build(ImageReference name) {
            return built;
          }

          @Override
          public String push(ImageReference name) {
            fake.images.put("1.0.0", built);
            return built;
          }
        };
    System.setProperty("aws.accessKeyId", "story");
    System.setProperty("aws.secretAccessKey", "story-story-story");
    AwsConfig config = new AwsConfig("us-east-1", Optional.empty(), Optional.of(fake.uri()));
    try (AwsClients aws = new AwsClients(config, new CallLog(), AwsRetryStrategy.doNotRetry())) {
      ReleaseReport report =
          new Release(
                  aws,
                  target,
                  options,
                  images,
                  fake.pace,
                  new Random(1),
                  new Console(new PrintWriter(err), Optional.empty(), false, Terminal.NONE, false))
              .run();
      assertThat(fake.parameters).doesNotContainKey("/quilt/mcp-server/lock");
      return report;
    }
  }

  private static AwsError throttled() {
    return new AwsError(400, "ThrottlingException", "Rate exceeded");
  }

  private void goesWell() {
    fake.after(60, (service, ours) -> service.start(ours, DIGEST))
        .after(
            100,
            (service, ours) -> {
              service.complete(ours, DIGEST);
              fake.serviceDeployment = "SUCCESSFUL";
            });
  }

  private static String head(ReleaseReport report) {
    return String.join("\n", ReportText.lines(report).subList(0, 3));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGoodReleaseIsProven(boolean storyApi) {
    fake.storyApi = storyApi;
    goesWell();
    ReleaseReport report = release();
    assertThat(report.code()).as(err.toString() + report).isEqualTo(ExitCode.OK);
    assertThat(report.json().path("checks").path("rollout").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(report.json().path("checks").path("digest").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(report.json().path("checks").path("targets").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(fake.parameters.get("/quilt/mcp-server/image"))
        .isEqualTo("850787717197.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.0.0@" + DIGEST);
    ObjectNode record = Json.readObject(fake.history.getLast());
    assertThat(record.path("outcome").stringValue()).isEqualTo("ok");
    assertThat(record.path("who").stringValue()).endsWith("/alice");
  }

  @Test
  void nothingButImageAndVersionChanges() {
    goesWell();
    release();
    ObjectNode before =
        fake.definitions.get(
            "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:1");
    ObjectNode after =
        fake.definitions.get(
            "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:2");
    String wanted =
        Json.text(before).replace("0.9.0", "1.0.0").replace("sha256:" + "0".repeat(64), DIGEST);
    assertThat(after).isEqualTo(Json.readObject(wanted));
    assertThat(Json.text(after)).contains("\"futureMember\":{\"a\":[1,1.10]}", "owner");
  }

  @Test
  void aVersionThatIsLiveIsLeftAlone() {
    goesWell();
    release();
    fake.calls.clear();
    ReleaseReport again = release();
    assertThat(again.code()).isEqualTo(ExitCode.OK);
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void aDryRunChangesNothing() {
    dryRun = true;
    assertThat(release().code()).isEqualTo(ExitCode.OK);
    assertThat(fake.changes()).isEmpty();
    assertThat(err.toString()).contains("containerDefinitions[mcp-server].image");
  }

  /// The old script calls this a success.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRollbackIsAFailure(boolean storyApi) {
    fake.storyApi = storyApi;
    fails(
        "TaskFailedToStart",
        "CannotPullContainerError: pull image manifest has been retried 5 time(s)");
    fake.after(400, (service, ours) -> rollBack());
    ReleaseReport report = release();
    assertThat(report.code()).as(err.toString()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(head(report))
        .contains("the image cannot be pulled", "quilt-mcp-server:1 (1 running)");
    assertThat(fake.parameters).doesNotContainKey("/quilt/mcp-server/image");
    assertThat(Json.readObject(fake.history.getLast()).path("outcome").stringValue())
        .isEqualTo("rolled_back");
  }

  private void rollBack() {
    FakeDeployment ours = fake.service.deployments.getFirst();
    ours.rolloutState = "FAILED";
    FakeDeployment back =
        fake.service.deploy(fake.service.deployments.getLast().taskDefinition, fake.pace.instant());
    fake.service.complete(back, "sha256:" + "0".repeat(64));
    fake.serviceDeployment = "ROLLBACK_SUCCESSFUL";
  }

  private void fails(String code, String reason) {
    for (int i = 1; i <= 3; i++) {
      fake.after(60L * i, (service, ours) -> service.fail(ours, code, reason));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TaskFailedToStart | CannotPullContainerError: pull image manifest has been retried | the image cannot be pulled",
        "TaskFailedToStart | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed | a secret or parameter of the task definition cannot be read",
        "TaskFailedToStart | ResourceInitializationError: failed to validate logger args: create stream has been retried: The specified log group does not exist | the log group cannot be written to",
        "EssentialContainerExited | Essential container in task exited | the container exits",
        "ServiceSchedulerInitiated | Task failed container health checks | the health check in the container fails",
        "ServiceSchedulerInitiated | Task failed ELB health checks in (target-group arn:x) | the load balancer's health check fails",
        "EssentialContainerExited | exec /app/bin/server: exec format error | the image is built for another processor",
        "EssentialContainerExited | OutOfMemoryError: Container killed due to memory usage | the container ran out of memory",
        "TaskFailedToStart | ECS was unable to assume the role 'arn:x' that was provided | ECS cannot assume a role"
      })
  void theCauseOfPermanentFailuresIsNamedSoon(String code, String reason, String cause) {
    fake.service.rollback = false;
    fake.service.breaker = false;
    fails(code, reason);
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.ROLLOUT_FAILED);
    assertThat(head(report)).contains(cause, "Serving now: quilt-mcp-server:1 (1 running)");
    assertThat(report.evidence()).anySatisfy(line -> assertThat(line).contains("3 × stopped"));
    assertThat(report.next()).contains("deploy-cli rollback");
    // The third stop comes at 180 seconds.
    assertThat(fake.pace.elapsed()).isLessThan(Duration.ofSeconds(180 + 30));
  }

  @Test
  void aFailureIsTakenBackWhenAskedTo() {
    autoRollback = true;
    fake.storyApi = false;
    fake.service.rollback = false;
    fails("EssentialContainerExited", "Essential container in task exited");
    fake.after(
        400,
        (service, ours) ->
            service.complete(service.deployments.getFirst(), "sha256:" + "0".repeat(64)));
    ReleaseReport report = release();
    assertThat(report.code()).as(err.toString()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(fake.service.taskDefinition).endsWith(":1");
  }

  @Test
  void capacityIsWaitedForAndNamed() {
    fake.after(
        60,
        (service, ours) ->
            service.event(
                fake.pace.instant(),
                "service x was unable to place a task. Reason: Capacity is unavailable at this time."));
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.STILL_RUNNING);
    assertThat(head(report)).contains("AWS has no capacity");
    assertThat(report.next().orElseThrow()).startsWith("deploy-cli wait --deployment ecs-svc/");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReleaseThatIsReplacedSaysSo(boolean storyApi) {
    fake.storyApi = storyApi;
    fake.after(
        60,
        (service, ours) -> {
          fake.definitions.put("arn:other:9", fake.definitions.values().iterator().next());
          service.deploy(
              "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:9",
              fake.pace.instant());
          fake.serviceDeployment = "STOPPED";
        });
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.SUPERSEDED);
    assertThat(head(report)).contains("quilt-mcp-server:9");
  }

  @Test
  void anUnhealthyTargetIsNoSuccess() {
    fake.after(
        100,
        (service, ours) -> {
          service.complete(ours, DIGEST);
          service.tasks.getLast().targetState = "unhealthy";
          service.tasks.getLast().targetReason = "Target.ResponseCodeMismatch";
          fake.serviceDeployment = "SUCCESSFUL";
        });
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(head(report)).contains("gets another status than it wants");
  }

  @Test
  void anotherImageThanWasPushedIsNoSuccess() {
    fake.after(
        100,
        (service, ours) -> {
          service.complete(ours, "sha256:" + "2".repeat(64));
          fake.serviceDeployment = "SUCCESSFUL";
        });
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(head(report)).contains("runs sha256:222");
  }

  @Test
  void nothingThatRunsIsNoSuccess() {
    fake.service.desired = 0;
    fake.after(
        20,
        (service, ours) -> {
          service.complete(ours, DIGEST);
          fake.serviceDeployment = "SUCCESSFUL";
        });
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(head(report)).contains("desired count of the service is 0");
  }

  @Test
  void aTakenVersionIsNotReplaced() {
    fake.images.put("1.0.0", "sha256:" + "3".repeat(64));
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.TAG_TAKEN);
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void throttlingDoesNotMakeAGoodReleaseABadOne() {
    goesWell();
    fake.failing("DescribeServices", count -> count % 10 == 5, throttled())
        .failing("DescribeServiceDeployments", count -> count % 10 == 3, throttled())
        .failing("ListTasks", count -> count == 1, throttled());
    assertThat(release().code()).as(err.toString()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aLongWaitAsksNotTooOften() {
    // Nothing moves.
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.STILL_RUNNING);
    // Twenty minutes; 700 calls are allowed for thirty.
    assertThat(fake.calls.size()).isLessThan(700 * 20 / 30);
  }

  @Test
  void throttlingWithoutEndLeavesTheOutcomeOpen() {
    fake.failing("DescribeServices", count -> count > 4, throttled());
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.THROTTLED);
    assertThat(report.next().orElseThrow()).startsWith("deploy-cli wait --deployment");
  }

  @Test
  void anInterruptLeavesTheRolloutAloneAndSaysHowToGoOn() {
    Thread me = Thread.currentThread();
    fake.after(90, (service, ours) -> me.interrupt());
    ReleaseReport report = release();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(report.next().orElseThrow()).startsWith("deploy-cli wait --deployment ecs-svc/");
    assertThat(fake.count("UpdateService")).isEqualTo(1);
  }

  @Test
  void expiredCredentialsSayHowToGoOn() {
    fake.failing(
        "DescribeServices",
        count -> count > 4,
        new AwsError(
            400, "ExpiredTokenException", "The security token included in the request is expired"));
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.NO_CREDENTIALS);
    assertThat(report.next().orElseThrow()).startsWith("deploy-cli wait --deployment");
  }

  @Test
  void whatIsMissingIsToldAllAtOnceAndNothingIsChanged() {
    fake.service.status = "DRAINING";
    fake.service.controller = "CODE_DEPLOY";
    fake.definitions
        .values()
        .forEach(one ->
            ((ObjectNode) one.path("containerDefinitions").path(0).path("environment").path(1))
                .put("name", "DB_PASSWORD")
                .put("value", "hunter2"));
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(report.evidence()).anyMatch(line -> line.contains("DRAINING"));
    assertThat(report.evidence()).anyMatch(line -> line.contains("DB_PASSWORD"));
    assertThat(err.toString() + report).doesNotContain("hunter2");
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void whoHasTheLockIsNamed() {
    fake.parameters.put("/quilt/mcp-server/locked-by-test", "");
    fake.parameters.put(
        "/quilt/mcp-server/lock",
        "{\"id\":\"x\",\"owner\":\"bob\",\"version\":\"2.0.0\",\"since\":\"now\"}");
    try {
      release();
    } catch (AssertionError stays) {
      assertThat(stays).hasMessageContaining("lock");
    }
    assertThat(fake.count("UpdateService")).isZero();
    assertThat(fake.parameters.get("/quilt/mcp-server/lock")).contains("bob");
  }

  @Test
  void anotherDeploymentIsWaitedForWhenAskedTo() {
    lockWait = Duration.ofMinutes(5);
    FakeDeployment other = fake.service.deploy(fake.service.taskDefinition, fake.pace.instant());
    fake.parameters.put("/quilt/mcp-server/lock", "{\"id\":\"x\"}");
    fake.whenWaiting(waited -> {
      if (waited >= 60) {
        other.rolloutState = "COMPLETED";
        fake.service.deployments.removeIf(one -> one != other);
      }
      if (waited >= 120) {
        fake.parameters.remove("/quilt/mcp-server/lock");
      }
    });
    goesWell();
    assertThat(release().code()).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(err.toString()).contains("Waiting for another deployment", "Another release");
  }

  @Test
  void anotherDeploymentIsNotDisturbed() {
    fake.service.deploy(fake.service.taskDefinition, fake.pace.instant());
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.LOCKED);
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void aRejectedUpdateIsNoRollout() {
    fake.failing(
        "UpdateService",
        count -> true,
        new AwsError(400, "InvalidParameterException", "5 active deployments exist"));
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.SERVICE_NOT_UPDATED);
    assertThat(head(report)).contains("5 active deployments exist");
  }

  @Test
  void aRejectedTaskDefinitionIsToldInTheWordsOfAws() {
    fake.failing(
        "RegisterTaskDefinition",
        count -> true,
        new AwsError(400, "ClientException", "No Fargate configuration exists for given values."));
    ReleaseReport report = release();
    assertThat(report.code()).isEqualTo(ExitCode.TASK_DEFINITION_REJECTED);
    assertThat(head(report)).contains("No Fargate configuration exists");
    assertThat(fake.count("UpdateService")).isZero();
  }

  /// AWS is eventually consistent.
  @Test
  void aServiceThatDoesNotListTheDeploymentYetIsNoRollback() {
    fake.storyApi = false;
    fake.after(0, (service, _) -> service.stale = true);
    fake.after(20, (service, _) -> service.stale = false);
    goesWell();
    assertThat(release().code()).as(err.toString()).isEqualTo(ExitCode.OK);
  }

  @Test
  void autoscalingDuringTheWaitIsFollowed() {
    fake.after(30, (service, ours) -> service.desired = 2);
    goesWell();
    ReleaseReport report = release();
    assertThat(report.code()).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(report.json().path("checks").path("targets").path("detail").stringValue())
        .contains("2 of 2");
  }
}
