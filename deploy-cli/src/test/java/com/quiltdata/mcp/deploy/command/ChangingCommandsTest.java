package com.quiltdata.mcp.deploy.command;

import static com.quiltdata.mcp.deploy.command.CommandBench.NEW;
import static com.quiltdata.mcp.deploy.command.CommandBench.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Command lines that change something, or wait for what others have changed.
final class ChangingCommandsTest {
  private static final String STORY =
      "arn:aws:ecs:us-east-1:850787717197:service-deployment/sales-prod/sales-prod-mcp-server-production/abc";

  @TempDir private Path folder;

  @RegisterExtension private final CommandBench bench = new CommandBench();

  private int run(String... args) {
    return bench.run(folder, args);
  }

  @Test
  void theLockIsRemovedWhenSomebodySaysSo() {
    assertThat(run("unlock", "--yes")).isZero();
    assertThat(bench.out.toString()).contains("There is no lock");
    bench.fake.parameters.put(
        "/quilt/mcp-server/lock",
        "{\"id\":\"x\",\"owner\":\"bob\",\"version\":\"2.0.0\",\"since\":\"now\"}");
    bench.typed("n\n");
    assertThat(run("unlock")).isEqualTo(130);
    assertThat(bench.fake.parameters).containsKey("/quilt/mcp-server/lock");
    bench.typed("y\n");
    assertThat(run("unlock")).isZero();
    assertThat(bench.out.toString()).contains("bob releases 2.0.0");
    assertThat(bench.fake.parameters).doesNotContainKey("/quilt/mcp-server/lock");
  }

  @Test
  void aRollbackReleasesACopyOfTheOldRevision() {
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    bench.fake.service.complete(second, NEW);
    bench.fake.history.add(record("0.9.0", "quilt-mcp-server:1"));
    bench.fake.history.add(record("1.0.0", "quilt-mcp-server:2"));
    bench.fake.parameters.put("/quilt/mcp-server/deployments", "x");
    bench.fake.after(
        60,
        (service, ours) -> {
          service.complete(ours, OLD);
          bench.fake.serviceDeployment = "SUCCESSFUL";
        });
    assertThat(run("rollback", "--yes")).as(bench.err.toString() + bench.out).isZero();
    assertThat(bench.fake.service.taskDefinition).endsWith(":3");
    assertThat(bench.fake.parameters.get("/quilt/mcp-server/image")).contains(":0.9.0@" + OLD);
    assertThat(run("history")).isZero();
    assertThat(bench.out.toString().lines().toList().get(1)).contains("rollback", "0.9.0", "ok");
    assertThat(run("rollback", "7.7.7", "--yes")).isEqualTo(10);
    assertThat(bench.err.toString()).contains("No good release of version 7.7.7");
  }

  @Test
  void aRollbackNeverGoesToAReleaseThatFailed() {
    String failed = bench.second();
    bench.fake.history.add(
        record("1.0.0", "quilt-mcp-server:2").replace("\"ok\"", "\"rolled_back\""));
    bench.fake.parameters.put("/quilt/mcp-server/deployments", "x");
    assertThat(run("rollback", "--yes")).as(bench.err.toString() + bench.out).isEqualTo(10);
    assertThat(bench.err.toString() + bench.out).contains("no older version");
    assertThat(bench.fake.service.taskDefinition).isNotEqualTo(failed);
  }

  private static String record(String version, String revision) {
    return Json.text(
        Json.object()
            .put("at", "2026-01-01T00:00:00Z")
            .put("command", "deploy")
            .put("version", version)
            .put("outcome", "ok")
            .put("task_definition", revision));
  }

  @Test
  void aRolloutUnderWayIsWaitedForOrEnded() {
    assertThat(run("abort", "--yes")).isEqualTo(10);
    bench.fake.storyApi = false;
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    assertThat(run("wait", "--timeout", "1")).isEqualTo(32);
    assertThat(run("wait", "--deployment", "ecs-svc/1")).isEqualTo(10);
    assertThat(bench.err.toString()).contains(second.id);
    bench.fake.after(
        30,
        (service, ours) -> {
          service.complete(service.deployments.getFirst(), OLD);
        });
    assertThat(run("abort", "--yes")).as(bench.err.toString()).isZero();
    assertThat(bench.fake.service.taskDefinition).endsWith(":1");
  }

  @Test
  void aRolloutThatIsCompleteIsNotEnded() {
    bench.fake.storyApi = false;
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    bench.fake.service.currentDeployment = STORY;
    refusesToStop();
    bench.fake.whenWaiting(waited -> {
      if (waited >= 30) {
        bench.fake.service.complete(second, NEW);
      }
    });
    assertThat(run("abort", "--yes")).isEqualTo(30);
    assertThat(bench.out.toString())
        .contains(
            "Cause: quilt-mcp-server:2 was complete before it could be ended",
            "Next: deploy-cli rollback");
  }

  /// ECS tells of no service deployment then, as where its API is not to be had.
  @Test
  void aRolloutThatIsCompleteMeanwhileIsNotReplaced() {
    bench.fake.storyApi = false;
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    bench.fake.service.currentDeployment = STORY;
    atTheSecondLook(() -> {
      bench.fake.service.complete(second, NEW);
      bench.fake.service.currentDeployment = "";
    });
    assertThat(run("abort", "--yes")).as(bench.err.toString()).isEqualTo(30);
    assertThat(bench.out.toString()).contains("was complete before it could be ended");
    assertThat(bench.err.toString()).contains(second.id + " is complete: there is nothing to end");
    assertThat(bench.fake.changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {STORY, ""})
  void aRolloutOfSomebodyElseIsLeftAlone(String story) {
    bench.fake.storyApi = false;
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    String third = second.taskDefinition.replaceFirst("2$", "3");
    bench.fake.definitions.put(third, bench.fake.definitions.get(second.taskDefinition));
    bench.fake.service.currentDeployment = story;
    atTheSecondLook(() -> bench.fake.service.deploy(third, bench.fake.pace.instant()));
    assertThat(run("abort", "--yes")).as(bench.err.toString()).isEqualTo(33);
    assertThat(bench.err.toString())
        .contains("quilt-mcp-server:3, took the place of " + second.id, "left alone");
    assertThat(bench.fake.changes()).isEmpty();
  }

  /// Something happens between the first look at the service and the next one.
  private void atTheSecondLook(Runnable event) {
    AtomicBoolean happened = new AtomicBoolean();
    bench.fake.whenWaiting(_ -> {
      if (bench.fake.count("DescribeServices") > 0 && !happened.getAndSet(true)) {
        event.run();
      }
    });
  }

  @Test
  void aRolloutThatIsOnItsWayBackIsWaitedFor() {
    bench.fake.storyApi = false;
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    String old = bench.fake.service.deployments.getLast().taskDefinition;
    bench.fake.service.currentDeployment = STORY;
    refusesToStop();
    bench.fake.whenWaiting(waited -> {
      if (waited >= 30 && second.rolloutState.equals("IN_PROGRESS")) {
        second.rolloutState = "FAILED";
        FakeDeployment back = bench.fake.service.deploy(old, bench.fake.pace.instant());
        bench.fake.service.complete(back, OLD);
      }
    });
    assertThat(run("abort", "--yes")).as(bench.err.toString()).isZero();
    assertThat(bench.err.toString()).contains("on its way back already");
    assertThat(bench.fake.count("UpdateService")).isZero();
  }

  private void refusesToStop() {
    bench.fake.failing(
        "StopServiceDeployment",
        _ -> true,
        new AwsError(400, "ConflictException", "It is not in progress"));
  }

  @Test
  void oldImagesThatNobodyNeedsAreRemoved() {
    for (int i = 0; i < 5; i++) {
      bench.fake.images.put("0.1." + i, "sha256:" + String.valueOf(i + 2).repeat(64));
    }
    // The image that runs, 0.9.0, is the newest; the one of a good release stays.
    bench.fake.history.add(
        Json.text(
            Json.object()
                .put("at", "2026-01-01T00:00:00Z")
                .put("outcome", "ok")
                .put("image", "host/app:0.1.0@sha256:" + "2".repeat(64))));
    bench.fake.parameters.put("/quilt/mcp-server/deployments", "x");
    assertThat(run("prune", "--keep", "2", "--dry-run")).as(bench.err.toString()).isZero();
    assertThat(bench.out.toString()).startsWith("Would remove 3 images").doesNotContain("0.1.0");
    assertThat(bench.fake.changes()).isEmpty();
    assertThat(run("prune", "--keep", "2", "--yes")).isZero();
    assertThat(bench.fake.images).containsOnlyKeys("0.1.0", "0.1.4", "0.9.0");
  }

  @Test
  void aRehearsalWaitsForAPartOfTheTime() {
    bench.fake.storyApi = false;
    bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    assertThat(run("wait", "--timeout", "2", "--time-scale", "10")).isEqualTo(32);
    assertThat(bench.err.toString()).contains("at most 2 minutes");
    assertThat(bench.fake.pace.elapsed()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(14));
    for (String factor : List.of("0.5", "-1", "NaN", "1001")) {
      assertThat(run("wait", "--time-scale", factor)).as(factor).isEqualTo(2);
    }
    bench.variables.remove("AWS_ENDPOINT_URL");
    assertThat(run("wait", "--time-scale", "10")).isEqualTo(2);
    assertThat(bench.err.toString()).contains("for rehearsals", "--endpoint-url");
  }

  /// The release that began it was interrupted.
  @Test
  void aDeploymentThatIsWaitedForIsRecordedWhenItIsGood() {
    bench.fake.storyApi = false;
    FakeDeployment second = bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    bench.fake.whenWaiting(waited -> {
      if (waited >= 60 && second.rolloutState.equals("IN_PROGRESS")) {
        bench.fake.service.complete(second, NEW);
      }
    });
    assertThat(run("wait", "--deployment", second.id))
        .as(bench.err.toString() + bench.out)
        .isZero();
    assertThat(bench.fake.parameters.get("/quilt/mcp-server/image")).endsWith("@" + NEW);
    ObjectNode record = Json.readObject(bench.fake.history.getLast());
    assertThat(record.path("command").stringValue()).isEqualTo("wait");
    assertThat(record.path("outcome").stringValue()).isEqualTo("ok");
    assertThat(record.path("version").stringValue()).isEqualTo("1.0.0");
  }
}
