package com.quiltdata.mcp.deploy.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.AwsConfig;
import com.quiltdata.mcp.deploy.aws.CallLog;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.ReportText;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.ServiceId;
import com.quiltdata.mcp.deploy.fake.FakeAws;
import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.image.ImageFacts;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ImageStep;
import com.quiltdata.mcp.deploy.release.Launch;
import com.quiltdata.mcp.deploy.release.Release;
import com.quiltdata.mcp.deploy.release.ReleaseOptions;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import com.quiltdata.mcp.deploy.release.Rollback;
import com.quiltdata.mcp.deploy.release.Validation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import tools.jackson.databind.node.ObjectNode;

/// A release of version 1.0.0, built from source abc, to the fake of AWS, in virtual time. Members
/// are for the story, which registers it: it ends with each test.
final class ReleaseBench implements AfterEachCallback {
  static final String DIGEST = "sha256:" + "1".repeat(64);
  static final String OLD = "sha256:" + "0".repeat(64);
  static final String VERSION = "1.0.0";
  static final String REVISION = "abcdef0123456789";

  final FakeAws fake = new FakeAws();
  final StringWriter err = new StringWriter();
  Optional<URI> smokeUrl = Optional.empty();
  ImageFacts facts =
      new ImageFacts(
          "amd64", 8000, Optional.of(List.of("CMD", "/app/bin/health")), Optional.empty());
  Terminal terminal = Terminal.NONE;
  boolean colors;
  boolean quiet;
  boolean dryRun;
  boolean strict;
  boolean supersede;
  boolean autoRollback;
  boolean reuse;
  Duration lockWait = Duration.ZERO;
  Duration patience = Duration.ofMinutes(20);
  String built = DIGEST;
  String pushed = DIGEST;
  CallLog log = new CallLog();
  RetryStrategy retries = AwsRetryStrategy.doNotRetry();
  String region = "us-east-1";
  String cluster = "sales-prod";
  String service = "sales-prod-mcp-server-production";
  String container = "mcp-server";

  /// Whether somebody else has the lock.
  boolean locked;

  /// Whether ECR has what was pushed.
  boolean arrives = true;

  int builds;

  private ReleaseTarget target() {
    return new ReleaseTarget(
        new ServiceId(cluster, service),
        container,
        "quilt-mcp-server",
        Optional.empty(),
        "/quilt/mcp-server",
        smokeUrl,
        Optional.empty());
  }

  private <T> T with(Function<AwsClients, T> work) {
    System.setProperty("aws.accessKeyId", "story");
    System.setProperty("aws.secretAccessKey", "story-story-story");
    AwsConfig config = new AwsConfig(region, Optional.empty(), Optional.of(fake.uri()));
    try (AwsClients aws = new AwsClients(config, log, retries)) {
      return work.apply(aws);
    }
  }

  ReleaseReport release() {
    ReleaseOptions options =
        new ReleaseOptions(
            VERSION,
            REVISION,
            Optional.empty(),
            dryRun,
            true,
            supersede,
            reuse,
            autoRollback,
            strict,
            lockWait,
            patience,
            "test",
            Optional.empty());
    Console console = new Console(new PrintWriter(err), Person.NONE, quiet, terminal, colors);
    ReleaseReport report =
        with(aws ->
            new Release(aws, target(), options, images(), fake.pace, new Random(1), console).run());
    assertThat(fake.parameters.containsKey("/quilt/mcp-server/lock")).isEqualTo(locked);
    return report;
  }

  /// A release that fails: in the first lines with its code, its cause and what serves now.
  ///
  /// @param next how the one next command begins
  ReleaseReport ended(ExitCode code, String cause, String serving, String next) {
    ReleaseReport report = release();
    assertThat(report.code()).as(err + "\n" + report).isEqualTo(code);
    assertThat(head(report)).contains("FAILED (exit %d".formatted(code.number()), cause, serving);
    assertThat(report.next().orElse("none")).startsWith(next);
    assertThat(fake.parameters).doesNotContainKey("/quilt/mcp-server/image");
    return report;
  }

  /// A release that does not begin.
  ReleaseReport refused() {
    ReleaseReport report = release();
    assertThat(report.code()).as(err + "\n" + report).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(report.next()).contains("deploy-cli verify");
    assertThat(fake.changes()).isEmpty();
    return report;
  }

  /// A release that is warned.
  ///
  /// @return what people see of it
  String warned() {
    goesWell();
    ReleaseReport report = release();
    assertThat(report.code()).as(err + "\n" + report).isEqualTo(ExitCode.OK);
    return err.toString();
  }

  ReleaseReport validation() {
    return with(aws -> new Validation(aws, target(), fake.pace).run());
  }

  /// A rollback to the version before; nobody is asked.
  ReleaseReport rollback() {
    Console console = new Console(new PrintWriter(err), Person.NONE, quiet, terminal, colors);
    return with(aws -> {
      EcsService ecs = new EcsService(aws, target().service());
      Launch launch =
          new Launch(aws, ecs, target(), fake.pace, new Random(1), console, patience, autoRollback);
      return new Rollback(aws, target(), launch, console, "test", true).run(Optional.empty());
    });
  }

  private ImageStep images() {
    return new ImageStep() {
      @Override
      public String build(ImageReference name) {
        builds++;
        return built;
      }

      @Override
      public ImageFacts facts() {
        return facts;
      }

      @Override
      public String push(ImageReference name) {
        if (arrives) {
          fake.images.put(VERSION, built);
        }
        return pushed;
      }
    };
  }

  void goesWell() {
    fake.after(60, (service, ours) -> service.start(ours, DIGEST))
        .after(
            100,
            (service, ours) -> {
              service.complete(ours, DIGEST);
              fake.serviceDeployment = "SUCCESSFUL";
            });
  }

  /// A task of the release fails at one, two and three minutes.
  void fails(String code, String reason) {
    for (int i = 1; i <= 3; i++) {
      fake.after(60L * i, (service, ours) -> service.fail(ours, code, reason));
    }
  }

  /// ECS takes the release back: what was deployed first serves again.
  void rollsBack() {
    fake.service.deployments.getFirst().rolloutState = "FAILED";
    FakeDeployment back =
        fake.service.deploy(fake.service.deployments.getLast().taskDefinition, fake.pace.instant());
    fake.service.complete(back, OLD);
    fake.serviceDeployment = "ROLLBACK_SUCCESSFUL";
  }

  /// Nobody may call an operation.
  void denied(String operation) {
    fake.failing(
        operation,
        _ -> true,
        new AwsError(
            400, "AccessDeniedException", "User is not authorized to perform " + operation));
  }

  /// The running task definition.
  ObjectNode definition() {
    return fake.definitions.get(fake.service.taskDefinition);
  }

  /// The container of the running task definition.
  ObjectNode container() {
    return (ObjectNode) definition().path("containerDefinitions").path(0);
  }

  /// The running task definition has a health command, in JSON.
  void health(String command) {
    container()
        .putObject("healthCheck")
        .set("command", Json.read(command.getBytes(StandardCharsets.UTF_8)));
  }

  /// What deploy-cli labels an image with.
  static ObjectNode labelled(String version, String revision) {
    ObjectNode config = Json.object().put("architecture", "amd64");
    config
        .putObject("config")
        .putObject("Labels")
        .put("org.opencontainers.image.title", "quilt-mcp-server")
        .put("org.opencontainers.image.version", version)
        .put("org.opencontainers.image.revision", revision);
    return config;
  }

  /// The first three lines that people see.
  static String head(ReleaseReport report) {
    return String.join("\n", ReportText.lines(report).stream().limit(3).toList());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    fake.close();
  }
}
