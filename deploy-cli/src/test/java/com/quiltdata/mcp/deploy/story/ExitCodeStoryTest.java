package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;
import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeBalancing.FakeRule;
import com.quiltdata.mcp.deploy.fake.FakeService;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every exit code is the end of some story. A new code does not compile before it has one.
final class ExitCodeStoryTest {
  @TempDir private Path folder;

  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @AfterEach
  void close() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void isReached(ExitCode code) {
    assertThat(played(code)).as(bench.err.toString()).isEqualTo(code.number());
  }

  private int played(ExitCode code) {
    return switch (code) {
      case OK -> {
        bench.goesWell();
        yield release();
      }
      case DEFECT -> {
        Map<String, String> broken =
            new HashMap<>() {
              @Override
              public String get(Object name) {
                throw new IllegalStateException("what nobody thought of");
              }
            };
        yield run(broken, "status");
      }
      case USAGE -> run("deploy", "--dry-rum");
      case PREFLIGHT_FAILED -> {
        bench.fake.service.status = "DRAINING";
        yield release();
      }
      case BUILD_FAILED ->
          run("build", "--version", "1.0.0", "--tar", "image.tar", "--server-files", "nowhere");
      case PUSH_FAILED -> {
        bench.pushed = "sha256:" + "4".repeat(64);
        yield release();
      }
      case TAG_TAKEN -> {
        bench.fake.images.put("1.0.0", "sha256:" + "3".repeat(64));
        yield release();
      }
      case TASK_DEFINITION_REJECTED ->
          fails("RegisterTaskDefinition", "ClientException", "No Fargate configuration exists");
      case SERVICE_NOT_UPDATED ->
          fails("UpdateService", "InvalidParameterException", "5 active deployments exist");
      case ROLLOUT_FAILED -> {
        bench.fake.service.breaker = false;
        bench.fake.service.rollback = false;
        bench.fails("EssentialContainerExited", "Essential container in task exited");
        yield release();
      }
      case ROLLED_BACK -> {
        bench.fake.after(60, (_, _) -> bench.rollsBack());
        yield release();
      }
      case STILL_RUNNING -> release();
      case SUPERSEDED -> {
        bench.fake.after(
            60,
            (service, ours) -> {
              service.deploy(ours.taskDefinition.replace(":2", ":9"), bench.fake.pace.instant());
              bench.fake.serviceDeployment = "STOPPED";
            });
        yield release();
      }
      case PAUSED -> {
        bench.fake.after(60, (_, _) -> bench.fake.paused = true);
        yield release();
      }
      case UNHEALTHY -> {
        bench.fake.after(
            60,
            (service, ours) -> {
              service.complete(ours, "sha256:" + "2".repeat(64));
              bench.fake.serviceDeployment = "SUCCESSFUL";
            });
        yield release();
      }
      case SMOKE_FAILED -> {
        bench.goesWell();
        bench.fake.balancing.rules.clear();
        bench.fake.balancing.rules.add(new FakeRule("", List.of(), FakeService.GROUP));
        bench.smokeUrl = Optional.of(URI.create("http://127.0.0.1:9/mcp"));
        yield release();
      }
      case NO_CREDENTIALS -> {
        bench.fake.failing(
            "DescribeServices",
            count -> count > 4,
            new AwsError(400, "ExpiredTokenException", "The security token is expired"));
        yield release();
      }
      case ACCESS_DENIED -> {
        bench.denied("UpdateService");
        yield release();
      }
      case THROTTLED -> fails("UpdateService", "ThrottlingException", "Rate exceeded");
      case NETWORK_LOST -> {
        bench.fake.cut =
            (elapsed, call) ->
                elapsed.toSeconds() > 60 && call.startsWith("AmazonEC2ContainerService");
        yield release();
      }
      case LOCKED -> {
        bench.fake.service.deploy(bench.fake.service.taskDefinition, bench.fake.pace.instant());
        yield release();
      }
      case DIFFERENCES -> {
        bench.fake.images.put("1.0.0", DIGEST);
        yield run("plan", "--version", "1.0.0", "--reuse-image", "--exit-code");
      }
      case INTERRUPTED -> {
        Thread me = Thread.currentThread();
        bench.fake.after(60, (_, _) -> me.interrupt());
        int number = release();
        assertThat(Thread.interrupted()).isTrue();
        yield number;
      }
    };
  }

  private int release() {
    return bench.release().code().number();
  }

  private int fails(String operation, String code, String message) {
    bench.fake.failing(operation, _ -> true, new AwsError(400, code, message));
    return release();
  }

  private int run(String... args) {
    return run(Map.of("AWS_ENDPOINT_URL", bench.fake.uri().toString()), args);
  }

  private int run(Map<String, String> variables, String... args) {
    System.setProperty("aws.accessKeyId", "story");
    System.setProperty("aws.secretAccessKey", "story-story-story");
    PrintWriter err = new PrintWriter(bench.err);
    return DeployCli.run(
        args,
        new Surroundings(
            variables,
            folder,
            err,
            err,
            Terminal.NONE,
            Person.NONE,
            bench.fake.pace,
            new Random(1)));
  }
}
