package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of releases, told as AWS would let them go, in virtual time: good ones, and those
/// that are refused before anything runs.
final class ReleaseStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGoodReleaseIsProven(boolean storyApi) {
    bench.fake.storyApi = storyApi;
    bench.goesWell();
    ReleaseReport report = bench.release();
    assertThat(report.code()).as(bench.err.toString() + report).isEqualTo(ExitCode.OK);
    assertThat(report.json().path("checks").path("rollout").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(report.json().path("checks").path("digest").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(report.json().path("checks").path("targets").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(bench.fake.parameters.get("/quilt/mcp-server/image"))
        .isEqualTo("850787717197.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.0.0@" + DIGEST);
    ObjectNode record = Json.readObject(bench.fake.history.getLast());
    assertThat(record.path("outcome").stringValue()).isEqualTo("ok");
    assertThat(record.path("who").stringValue()).endsWith("/alice");
  }

  @Test
  void nothingButImageAndVersionChanges() {
    bench.goesWell();
    bench.release();
    ObjectNode before =
        bench.fake.definitions.get(
            "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:1");
    ObjectNode after =
        bench.fake.definitions.get(
            "arn:aws:ecs:us-east-1:850787717197:task-definition/quilt-mcp-server:2");
    String wanted =
        Json.text(before).replace("0.9.0", "1.0.0").replace("sha256:" + "0".repeat(64), DIGEST);
    assertThat(after).isEqualTo(Json.readObject(wanted));
    assertThat(Json.text(after)).contains("\"futureMember\":{\"a\":[1,1.10]}", "owner");
  }

  @Test
  void aVersionThatIsLiveIsLeftAlone() {
    bench.goesWell();
    bench.release();
    bench.fake.calls.clear();
    ReleaseReport again = bench.release();
    assertThat(again.code()).isEqualTo(ExitCode.OK);
    assertThat(bench.fake.changes()).isEmpty();
  }

  @Test
  void aDryRunChangesNothing() {
    bench.dryRun = true;
    assertThat(bench.release().code()).isEqualTo(ExitCode.OK);
    assertThat(bench.fake.changes()).isEmpty();
    assertThat(bench.err.toString()).contains("containerDefinitions[mcp-server].image");
  }

  @Test
  void whatIsMissingIsToldAllAtOnceAndNothingIsChanged() {
    bench.fake.service.status = "DRAINING";
    bench.fake.service.controller = "CODE_DEPLOY";
    bench
        .fake
        .definitions
        .values()
        .forEach(one ->
            ((ObjectNode) one.path("containerDefinitions").path(0).path("environment").path(1))
                .put("name", "DB_PASSWORD")
                .put("value", "hunter2"));
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(report.evidence()).anyMatch(line -> line.contains("DRAINING"));
    assertThat(report.evidence()).anyMatch(line -> line.contains("DB_PASSWORD"));
    assertThat(bench.err.toString() + report).doesNotContain("hunter2");
    assertThat(bench.fake.changes()).isEmpty();
  }

  @Test
  void anotherDeploymentIsWaitedForWhenAskedTo() {
    bench.lockWait = Duration.ofMinutes(5);
    FakeDeployment other =
        bench.fake.service.deploy(bench.fake.service.taskDefinition, bench.fake.pace.instant());
    bench.fake.parameters.put("/quilt/mcp-server/lock", "{\"id\":\"x\"}");
    bench.fake.whenWaiting(waited -> {
      if (waited >= 60) {
        other.rolloutState = "COMPLETED";
        bench.fake.service.deployments.removeIf(one -> one != other);
      }
      if (waited >= 120) {
        bench.fake.parameters.remove("/quilt/mcp-server/lock");
      }
    });
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString()).contains("Waiting for another deployment", "Another release");
  }

  @Test
  void aFailureIsTakenBackWhenAskedTo() {
    bench.autoRollback = true;
    bench.fake.storyApi = false;
    bench.fake.service.rollback = false;
    bench.fails("EssentialContainerExited", "Essential container in task exited");
    bench.fake.after(
        400,
        (service, ours) ->
            service.complete(service.deployments.getFirst(), "sha256:" + "0".repeat(64)));
    ReleaseReport report = bench.release();
    assertThat(report.code()).as(bench.err.toString()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(bench.fake.service.taskDefinition).endsWith(":1");
  }

  @Test
  void anotherImageThanWasPushedIsNoSuccess() {
    bench.fake.after(
        100,
        (service, ours) -> {
          service.complete(ours, "sha256:" + "2".repeat(64));
          bench.fake.serviceDeployment = "SUCCESSFUL";
        });
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(head(report)).contains("runs sha256:222");
  }
}
