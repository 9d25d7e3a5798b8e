package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.fake.FakeAws;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Command lines as a shell gives them.
final class CommandsTest {
  private static final String OLD = "sha256:" + "0".repeat(64);

  @TempDir private Path folder;

  private final FakeAws fake = new FakeAws();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> variables = new TreeMap<>();
  private Optional<String> typed = Optional.empty();

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "story");
    System.setProperty("aws.secretAccessKey", "story-story-story");
    variables.put("AWS_ENDPOINT_URL", fake.uri().toString());
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return DeployCli.run(
        args,
        new Surroundings(
            variables,
            folder,
            new PrintWriter(out),
            new PrintWriter(err),
            Terminal.NONE,
            typed.map(StringReader::new).map(BufferedReader::new),
            fake.pace,
            new Random(1)));
  }

  private ObjectNode json() {
    return Json.readObject(out.toString());
  }

  @Test
  void whatServesIsValid() {
    assertThat(run("validate")).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("OK: validate 0.9.0");
    assertThat(run("validate", "-o", "json")).isZero();
    assertThat(json().path("checks").path("targets").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(json().path("checks").path("smoke").path("result").stringValue())
        .isEqualTo("skipped");
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void whatDoesNotServeIsNotValid() {
    fake.service.tasks.getFirst().targetState = "unhealthy";
    fake.service.tasks.getFirst().targetReason = "Target.Timeout";
    assertThat(run("validate")).isEqualTo(40);
    assertThat(out.toString().lines().limit(2)).anyMatch(line -> line.contains("gets no answer"));
    fake.service.desired = 0;
    assertThat(run("validate")).isEqualTo(40);
    assertThat(out.toString()).contains("desired count of the service is 0");
  }

  /// A service that was moved without a deployment, which the old script calls a success.
  @Test
  void aServiceThatWantsAnotherRevisionIsNotValid() {
    fake.definitions.put(
        fake.service.taskDefinition.replace(":1", ":2"),
        fake.definitions.get(fake.service.taskDefinition));
    fake.service.taskDefinition = fake.service.taskDefinition.replace(":1", ":2");
    assertThat(run("validate")).isEqualTo(40);
    assertThat(out.toString()).contains("quilt-mcp-server:2", "quilt-mcp-server:1");
  }

  @Test
  void statusIsOneCall() {
    assertThat(run("status")).isZero();
    assertThat(out.toString()).contains("PRIMARY", "quilt-mcp-server:1", "COMPLETED");
    assertThat(fake.calls).containsExactly("ecs:DescribeServices");
    assertThat(run("status", "-o", "json")).isZero();
    assertThat(json().path("deployments").path(0).path("running").intValue()).isEqualTo(1);
  }

  @Test
  void aServiceThatDoesNotExistIsToldWithThoseThatDo() {
    assertThat(run("status", "--service", "nope")).isEqualTo(10);
    assertThat(err.toString())
        .contains("There is no service 'nope'", "sales-prod-mcp-server-production");
    assertThat(run("status", "--cluster", "nope")).isEqualTo(10);
    assertThat(err.toString()).contains("There is no cluster 'nope' in us-east-1");
    assertThat(run("status", "--cluster", "no pe;")).isEqualTo(2);
  }

  @Test
  void verifyTellsEverything() {
    assertThat(run("verify")).as(err.toString()).isZero();
    assertThat(err.toString()).contains("ok       circuit breaker: on, with rollback");
    fake.service.breaker = false;
    fake.service.grace = 0;
    assertThat(run("verify")).isZero();
    assertThat(run("verify", "--strict")).isEqualTo(10);
    assertThat(err.toString()).contains("error    grace period");
    assertThat(run("verify", "--expect-account", "123456789012", "-o", "json")).isEqualTo(10);
    assertThat(json().path("findings").valueStream().map(one -> one.path("what").stringValue()))
        .contains("circuit breaker", "grace period", "account");
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void aFlagBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
    Files.writeString(
        folder.resolve("deploy.yaml"),
        """
        default: production
        environments:
          production: {cluster: sales-prod, service: from-file, region: eu-west-1}
          staging: {service: sales-prod-mcp-server-production}
        """);
    assertThat(run("status")).isEqualTo(10);
    assertThat(err.toString()).contains("'from-file'", "eu-west-1");
    assertThat(run("status", "--env", "staging")).isZero();
    variables.put("AWS_REGION", "us-west-2");
    assertThat(run("status", "--service", "flag")).isEqualTo(10);
    assertThat(err.toString()).contains("'flag'", "us-west-2");
    assertThat(run("status", "--env", "other")).isEqualTo(2);
    assertThat(err.toString()).contains("production, staging");
  }

  @Test
  void aProjectFileWithUnknownKeysIsRefused() throws IOException {
    Files.writeString(folder.resolve("deploy.yaml"), "environments: {production: {clutser: x}}\n");
    assertThat(run("status", "--env", "production")).isEqualTo(2);
    assertThat(err.toString()).contains("unknown key 'clutser'");
  }

  @Test
  void theLockIsRemovedWhenSomebodySaysSo() {
    assertThat(run("unlock", "--yes")).isZero();
    assertThat(out.toString()).contains("There is no lock");
    fake.parameters.put(
        "/quilt/mcp-server/lock",
        "{\"id\":\"x\",\"owner\":\"bob\",\"version\":\"2.0.0\",\"since\":\"now\"}");
    typed = Optional.of("n\n");
    assertThat(run("unlock")).isEqualTo(130);
    assertThat(fake.parameters).containsKey("/quilt/mcp-server/lock");
    typed = Optional.of("y\n");
    assertThat(run("unlock")).isZero();
    assertThat(out.toString()).contains("bob releases 2.0.0");
    assertThat(fake.parameters).doesNotContainKey("/quilt/mcp-server/lock");
  }

  @Test
  void aRollbackReleasesACopyOfTheOldRevision() {
    FakeDeployment second = fake.service.deploy(second(), fake.pace.instant());
    fake.service.complete(second, "sha256:" + "1".repeat(64));
    fake.history.add(record("0.9.0", "quilt-mcp-server:1"));
    fake.history.add(record("1.0.0", "quilt-mcp-server:2"));
    fake.parameters.put("/quilt/mcp-server/deployments", "x");
    fake.after(
        60,
        (service, ours) -> {
          service.complete(ours, OLD);
          fake.serviceDeployment = "SUCCESSFUL";
        });
    assertThat(run("rollback", "--yes")).as(err.toString() + out).isZero();
    assertThat(fake.service.taskDefinition).endsWith(":3");
    assertThat(fake.parameters.get("/quilt/mcp-server/image")).contains(":0.9.0@" + OLD);
    assertThat(run("history")).isZero();
    assertThat(out.toString().lines().toList().get(1)).contains("rollback", "0.9.0", "ok");
    assertThat(run("rollback", "7.7.7", "--yes")).isEqualTo(10);
    assertThat(err.toString()).contains("No good release of version 7.7.7");
  }

  @Test
  void aRollbackNeverGoesToAReleaseThatFailed() {
    String failed = second();
    fake.history.add(record("1.0.0", "quilt-mcp-server:2").replace("\"ok\"", "\"rolled_back\""));
    fake.parameters.put("/quilt/mcp-server/deployments", "x");
    assertThat(run("rollback", "--yes")).as(err.toString() + out).isEqualTo(10);
    assertThat(err.toString() + out).contains("no older version");
    assertThat(fake.service.taskDefinition).isNotEqualTo(failed);
  }

  private String second() {
    String arn = fake.service.taskDefinition.replace(":1", ":2");
    fake.definitions.put(
        arn,
        Json.readObject(
            Json.text(fake.definitions.get(fake.service.taskDefinition))
                .replace("0.9.0", "1.0.0")
                .replace(OLD, "sha256:" + "1".repeat(64))));
    return arn;
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
    fake.storyApi = false;
    FakeDeployment second = fake.service.deploy(second(), fake.pace.instant());
    assertThat(run("wait", "--timeout", "1")).isEqualTo(32);
    assertThat(run("wait", "--deployment", "ecs-svc/1")).isEqualTo(10);
    assertThat(err.toString()).contains(second.id);
    fake.after(
        30,
        (service, ours) -> {
          service.complete(service.deployments.getFirst(), OLD);
        });
    assertThat(run("abort", "--yes")).as(err.toString()).isZero();
    assertThat(fake.service.taskDefinition).endsWith(":1");
  }

  @Test
  void oldImagesThatNobodyNeedsAreRemoved() {
    for (int i = 0; i < 5; i++) {
      fake.images.put("0.1." + i, "sha256:" + String.valueOf(i + 2).repeat(64));
    }
    // The image that runs, 0.9.0, is the newest; the one of a good release stays.
    fake.history.add(
        Json.text(
            Json.object()
                .put("at", "2026-01-01T00:00:00Z")
                .put("outcome", "ok")
                .put("image", "host/app:0.1.0@sha256:" + "2".repeat(64))));
    fake.parameters.put("/quilt/mcp-server/deployments", "x");
    assertThat(run("prune", "--keep", "2", "--dry-run")).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("Would remove 3 images").doesNotContain("0.1.0");
    assertThat(fake.changes()).isEmpty();
    assertThat(run("prune", "--keep", "2", "--yes")).isZero();
    assertThat(fake.images).containsOnlyKeys("0.1.0", "0.1.4", "0.9.0");
  }

  @Test
  void aBaseNeedsASubCommandAndAnImage() {
    assertThat(run("deploy", "--dry-rum")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '--dry-rum'", "deploy-cli deploy --help");
    assertThat(run("base")).isEqualTo(2);
    assertThat(run("base", "update", "!!")).isEqualTo(2);
    assertThat(run("base", "update", "127.0.0.1:9/base:1", "--insecure-registry")).isEqualTo(53);
    assertThat(err.toString()).contains("The registry does not give 127.0.0.1:9/base:1");
  }

  @Test
  void aRehearsalWaitsForAPartOfTheTime() {
    fake.storyApi = false;
    fake.service.deploy(second(), fake.pace.instant());
    assertThat(run("wait", "--timeout", "2", "--time-scale", "10")).isEqualTo(32);
    assertThat(err.toString()).contains("at most 2 minutes");
    assertThat(fake.pace.elapsed()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(14));
    for (String factor : List.of("0.5", "-1", "NaN", "1001")) {
      assertThat(run("wait", "--time-scale", factor)).as(factor).isEqualTo(2);
    }
    variables.remove("AWS_ENDPOINT_URL");
    assertThat(run("wait", "--time-scale", "10")).isEqualTo(2);
    assertThat(err.toString()).contains("for rehearsals", "--endpoint-url");
  }

  @Test
  void logsAreShown() {
    assertThat(run("logs")).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("started\nready\n");
  }

  @Test
  void anUnreachableAwsIsNoDefect() {
    variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    assertThat(run("status")).isEqualTo(53);
    assertThat(err.toString()).contains("AWS could not be reached to look at service");
    variables.put("AWS_ENDPOINT_URL", "127.0.0.1:9");
    assertThat(run("status")).isEqualTo(2);
  }

  /// The release that began it was interrupted.
  @Test
  void aDeploymentThatIsWaitedForIsRecordedWhenItIsGood() {
    fake.storyApi = false;
    String digest = "sha256:" + "1".repeat(64);
    FakeDeployment second = fake.service.deploy(second(), fake.pace.instant());
    fake.whenWaiting(waited -> {
      if (waited >= 60 && second.rolloutState.equals("IN_PROGRESS")) {
        fake.service.complete(second, digest);
      }
    });
    assertThat(run("wait", "--deployment", second.id)).as(err.toString() + out).isZero();
    assertThat(fake.parameters.get("/quilt/mcp-server/image")).endsWith("@" + digest);
    ObjectNode record = Json.readObject(fake.history.getLast());
    assertThat(record.path("command").stringValue()).isEqualTo("wait");
    assertThat(record.path("outcome").stringValue()).isEqualTo("ok");
    assertThat(record.path("version").stringValue()).isEqualTo("1.0.0");
  }

  @Test
  void theTimeOutComesFromTheFlagOrTheFile() throws IOException {
    fake.storyApi = false;
    fake.service.deploy(second(), fake.pace.instant());
    Path file = folder.resolve("deploy.yaml");
    Files.writeString(file, "{default: a, environments: {a: {timeout: 3}}}");
    assertThat(run("wait")).isEqualTo(32);
    assertThat(err.toString()).contains("at most 3 minutes");
    assertThat(run("wait", "--timeout", "1")).isEqualTo(32);
    assertThat(err.toString()).contains("at most 1 minutes");
    assertThat(run("wait", "--timeout", "0")).isEqualTo(2);
    Files.writeString(file, "{default: a, environments: {a: {timeout: soon}}}");
    assertThat(run("wait")).isEqualTo(2);
    assertThat(err.toString()).contains("The timeout 'soon' is no number of minutes");
  }

  @Test
  void noTextOfAwsIsACommandOfGitHubActions() {
    variables.put("GITHUB_ACTIONS", "true");
    variables.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    fake.service.start(fake.service.deployments.getFirst(), "sha256:x\n::add-mask::x%0A\u001b[31m");
    assertThat(run("validate")).isEqualTo(40);
    assertThat((err.toString() + out).lines()).noneMatch(line -> line.startsWith("::add-mask"));
    assertThat(err.toString()).contains("::error title=validate unhealthy::").contains("%250A");
    assertThat(folder.resolve("summary"))
        .content()
        .contains("### validate 0.9.0: unhealthy", "```\n")
        .doesNotContain("\n::add-mask", "\u001b");
  }

  @Test
  void aGoodReleaseIsSummarizedAndMarksNothing() {
    variables.put("GITHUB_ACTIONS", "true");
    variables.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    assertThat(run("validate")).isZero();
    assertThat(run("validate")).isZero();
    assertThat(err.toString()).doesNotContain("::error");
    assertThat(folder.resolve("summary"))
        .content()
        .containsSubsequence("### validate 0.9.0: ok", "### validate 0.9.0: ok");
    variables.put("GITHUB_STEP_SUMMARY", folder.toString());
    assertThat(run("validate")).as("a summary that cannot be written is no failure").isZero();
    assertThat(err.toString()).contains("the job summary cannot be written");
    variables.clear();
  }

  @Test
  void failuresAreMarkedInGitHubActions() {
    variables.put("GITHUB_ACTIONS", "true");
    variables.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    fake.service.desired = 0;
    assertThat(run("validate")).isEqualTo(40);
    assertThat(err.toString()).contains("::error title=validate unhealthy::nothing runs");
    assertThat(folder.resolve("summary")).content().contains("### validate 0.9.0: unhealthy");
  }

  @Test
  void exitCodesAndCompletionAreListed() {
    assertThat(run("exit-codes")).isZero();
    assertThat(out.toString()).contains("31  rolled_back");
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("complete -F", "--auto-rollback");
  }
}
