package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a release when AWS refuses, throttles or does not answer.
final class RefusalStoryTest {
  private static final String AS_BEFORE = "Serving now: quilt-mcp-server:1 (1 running), as before";

  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  private void failing(String operation, String code, String message) {
    bench.fake.failing(operation, _ -> true, new AwsError(400, code, message));
  }

  /// The deployment goes on, and what it came to is not known.
  private ReleaseReport lost(ExitCode code, String cause) {
    ReleaseReport report =
        bench.ended(
            code,
            cause,
            "Serving now: not known: deployment ecs-svc/",
            "deploy-cli wait --deployment ecs-svc/");
    assertThat(bench.fake.count("UpdateService")).isEqualTo(1);
    assertThat(Json.readObject(bench.fake.history.getLast()).path("outcome").stringValue())
        .isEqualTo(code.wire());
    return report;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ClientException | Role arn:aws:iam::850787717197:role/ecsTaskRole is not valid.",
        "InvalidParameterException | Unknown field",
        "ClientException | No Fargate configuration exists for given values.",
      })
  void aRejectedTaskDefinitionIsToldInTheWordsOfAws(String code, String message) {
    failing("RegisterTaskDefinition", code, message);
    bench.ended(ExitCode.TASK_DEFINITION_REJECTED, message, AS_BEFORE, "deploy-cli plan");
    assertThat(bench.fake.count("UpdateService")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "256 | 4096 | cpu 256 does not go with memory 4096, but with 512, 1024, 2048",
        "300 | 512  | cpu 300 is none of 256, 512, 1024, 2048, 4096, 8192, 16384",
      })
  void sizesThatDoNotGoTogetherAreNamedWithThoseThatDo(String cpu, String memory, String told) {
    bench.definition().put("cpu", cpu).put("memory", memory);
    failing("RegisterTaskDefinition", "ClientException", "No Fargate configuration exists.");
    assertThat(
            bench
                .ended(
                    ExitCode.TASK_DEFINITION_REJECTED,
                    "No Fargate configuration",
                    AS_BEFORE,
                    "deploy-cli plan")
                .evidence())
        .contains(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RegisterTaskDefinition", "UpdateService", "DescribeTaskDefinition"})
  void aDeniedActionIsNamed(String operation) {
    bench.denied(operation);
    bench.ended(ExitCode.ACCESS_DENIED, "", AS_BEFORE, "deploy-cli verify");
    assertThat(bench.err + bench.release().cause().orElseThrow()).contains(operation);
  }

  @Test
  void aRoleThatMayNotBePassedIsNamed() {
    failing(
        "RegisterTaskDefinition",
        "AccessDeniedException",
        "User is not authorized to perform: iam:PassRole on resource: arn:aws:iam::850787717197:role/ecsTaskRole");
    bench.ended(ExitCode.ACCESS_DENIED, "iam:PassRole on resource", AS_BEFORE, "deploy-cli verify");
  }

  @Test
  void unfinishedDeploymentsAreListed() {
    failing(
        "UpdateService", "InvalidParameterException", "5 active deployments exist on the service");
    assertThat(
            bench
                .ended(
                    ExitCode.SERVICE_NOT_UPDATED,
                    "5 active deployments exist",
                    AS_BEFORE,
                    "deploy-cli status")
                .evidence())
        .anyMatch(line -> line.matches("deployment ecs-svc/\\d+: quilt-mcp-server:1, PRIMARY"));
  }

  @Test
  void aPlatformThatDoesNotFitIsNoRollout() {
    failing(
        "UpdateService",
        "PlatformTaskDefinitionIncompatibilityException",
        "The specified platform version does not satisfy the required capabilities");
    bench.ended(
        ExitCode.SERVICE_NOT_UPDATED,
        "platform version does not satisfy",
        AS_BEFORE,
        "deploy-cli status");
  }

  @ParameterizedTest
  @CsvSource({
    "ServiceNotFoundException, not there or not active",
    "ServiceNotActiveException, not there or not active"
  })
  void aServiceThatVanishesIsTold(String code, String cause) {
    failing("UpdateService", code, "Service was not ACTIVE.");
    bench.ended(ExitCode.PREFLIGHT_FAILED, cause, AS_BEFORE, "deploy-cli verify");
  }

  @Test
  void aTakenVersionIsNotReplaced() {
    String other = "sha256:" + "3".repeat(64);
    bench.fake.images.put("1.0.0", other);
    assertThat(
            bench
                .ended(
                    ExitCode.TAG_TAKEN,
                    "Version 1.0.0 is taken by another image, pushed 2023-11-14T22:13:20Z",
                    AS_BEFORE,
                    "deploy-cli deploy --version ANOTHER, or with --reuse-image")
                .evidence())
        .contains("there: " + other, "built: " + DIGEST);
    assertThat(bench.fake.changes()).isEmpty();
    bench.reuse = true;
    bench.fake.after(
        60,
        (service, ours) -> {
          service.complete(ours, other);
          bench.fake.serviceDeployment = "SUCCESSFUL";
        });
    assertThat(bench.release().code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void anImageThatIsMissingAfterThePushIsNoTakenVersion() {
    bench.arrives = false;
    bench.ended(
        ExitCode.PUSH_FAILED,
        "Version 1.0.0 is missing in image repository 'quilt-mcp-server' after the push",
        AS_BEFORE,
        "deploy-cli verify --version 1.0.0");
    assertThat(bench.fake.count("RegisterTaskDefinition")).isZero();
  }

  @Test
  void throttledChangesAreMadeAgain() {
    bench.goesWell();
    bench
        .fake
        .failing("RegisterTaskDefinition", count -> count <= 2, throttled())
        .failing("UpdateService", count -> count == 1, throttled());
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.fake.definitions).hasSize(2);
  }

  private static AwsError throttled() {
    return new AwsError(400, "ThrottlingException", "Rate exceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RegisterTaskDefinition", "UpdateService"})
  void changesThatAreThrottledForTooLongAreGivenUp(String operation) {
    bench.fake.failing(operation, _ -> true, throttled());
    bench.ended(
        ExitCode.THROTTLED, "AWS throttled the attempts to", AS_BEFORE, "deploy-cli status");
    assertThat(bench.fake.pace.elapsed())
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(2).plusSeconds(20));
  }

  @Test
  void throttledLooksAreLeftOut() {
    bench.goesWell();
    bench
        .fake
        .failing("DescribeServices", count -> count % 10 == 5, throttled())
        .failing("DescribeServiceDeployments", count -> count % 10 == 3, throttled());
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  @Test
  void throttlingWithoutEndLeavesTheOutcomeOpen() {
    bench.fake.failing("DescribeServices", count -> count > 4, throttled());
    lost(ExitCode.THROTTLED, "AWS throttled the attempts to look at service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExpiredTokenException",
        "ExpiredToken",
        "InvalidClientTokenId",
        "UnrecognizedClientException"
      })
  void credentialsThatExpireSayHowToGoOn(String code) {
    bench.fake.failing(
        "DescribeServices", count -> count > 4, new AwsError(403, code, "it has expired"));
    lost(ExitCode.NO_CREDENTIALS, "No usable AWS credentials");
  }

  @Test
  void credentialsThatAreRenewedInTimeAreNoFailure() {
    bench.goesWell();
    bench.fake.failing(
        "DescribeServices",
        count -> count == 5,
        new AwsError(403, "ExpiredTokenException", "it has expired"));
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestTimeTooSkewed", "SignatureDoesNotMatch"})
  void aWrongClockIsNamed(String code) {
    bench.fake.failing(
        "GetCallerIdentity", _ -> true, new AwsError(403, code, "Signature expired"));
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.NO_CREDENTIALS);
    assertThat(head(report)).contains("set its clock");
    assertThat(report.next()).contains("aws sts get-caller-identity");
  }

  @Test
  void aNetworkThatComesBackIsNoFailure() {
    bench.goesWell();
    bench.fake.failing(
        "DescribeServices",
        count -> count > 4 && count < 8,
        new AwsError(500, "InternalFailure", "oops"));
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aNetworkThatStaysAwayLeavesTheOutcomeOpen() {
    bench.fake.failing(
        "DescribeServices", count -> count > 4, new AwsError(500, "InternalFailure", "oops"));
    lost(ExitCode.NETWORK_LOST, "AWS failed to look at service");
    assertThat(bench.fake.pace.elapsed()).isGreaterThan(Duration.ofMinutes(20));
  }

  @Test
  void anInterruptLeavesTheRolloutAlone() {
    Thread me = Thread.currentThread();
    bench.fake.after(90, (_, _) -> me.interrupt());
    ReleaseReport report = bench.release();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(head(report)).contains("goes on in AWS");
    assertThat(Json.readObject(bench.fake.history.getLast()).path("outcome").stringValue())
        .isEqualTo("interrupted");
  }

  @Test
  void anotherDeploymentIsNotDisturbed() {
    bench.fake.service.deploy(bench.fake.service.taskDefinition, bench.fake.pace.instant());
    bench.ended(ExitCode.LOCKED, "Another deployment of", AS_BEFORE, "deploy-cli wait");
    assertThat(bench.fake.changes()).isEmpty();
    bench.supersede = true;
    bench.goesWell();
    assertThat(bench.release().code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void whoHasTheLockIsNamed() {
    bench.fake.parameters.put(
        "/quilt/mcp-server/lock",
        "{\"id\":\"x\",\"owner\":\"bob\",\"version\":\"2.0.0\",\"since\":\"now\"}");
    bench.locked = true;
    bench.ended(ExitCode.LOCKED, "bob", AS_BEFORE, "deploy-cli ");
    assertThat(bench.fake.count("UpdateService")).isZero();
    assertThat(bench.fake.parameters.get("/quilt/mcp-server/lock")).contains("bob");
  }
}
