package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Command lines that look and change nothing, and where their settings come from.
final class CommandsTest {
  @TempDir private Path folder;

  @RegisterExtension private final CommandBench bench = new CommandBench();

  private int run(String... args) {
    return bench.run(folder, args);
  }

  @Test
  void whatServesIsValid() {
    assertThat(run("validate")).as(bench.err.toString()).isZero();
    assertThat(bench.out.toString()).startsWith("OK: validate 0.9.0");
    assertThat(run("validate", "-o", "json")).isZero();
    assertThat(bench.json().path("checks").path("targets").path("result").stringValue())
        .isEqualTo("passed");
    assertThat(bench.json().path("checks").path("smoke").path("result").stringValue())
        .isEqualTo("skipped");
    assertThat(bench.fake.changes()).isEmpty();
  }

  @Test
  void whatDoesNotServeIsNotValid() {
    bench.fake.service.tasks.getFirst().targetState = "unhealthy";
    bench.fake.service.tasks.getFirst().targetReason = "Target.Timeout";
    assertThat(run("validate")).isEqualTo(40);
    assertThat(bench.out.toString().lines().limit(2))
        .anyMatch(line -> line.contains("gets no answer"));
    bench.fake.service.desired = 0;
    assertThat(run("validate")).isEqualTo(40);
    assertThat(bench.out.toString()).contains("desired count of the service is 0");
  }

  /// A service that was moved without a deployment, which the old script calls a success.
  @Test
  void aServiceThatWantsAnotherRevisionIsNotValid() {
    bench.fake.definitions.put(
        bench.fake.service.taskDefinition.replace(":1", ":2"),
        bench.fake.definitions.get(bench.fake.service.taskDefinition));
    bench.fake.service.taskDefinition = bench.fake.service.taskDefinition.replace(":1", ":2");
    assertThat(run("validate")).isEqualTo(40);
    assertThat(bench.out.toString()).contains("quilt-mcp-server:2", "quilt-mcp-server:1");
  }

  @Test
  void statusIsOneCall() {
    assertThat(run("status")).isZero();
    assertThat(bench.out.toString()).contains("PRIMARY", "quilt-mcp-server:1", "COMPLETED");
    assertThat(bench.fake.calls).containsExactly("ecs:DescribeServices");
    assertThat(run("status", "-o", "json")).isZero();
    assertThat(bench.json().path("deployments").path(0).path("running").intValue()).isEqualTo(1);
  }

  @Test
  void aServiceThatDoesNotExistIsToldWithThoseThatDo() {
    assertThat(run("status", "--service", "nope")).isEqualTo(10);
    assertThat(bench.err.toString())
        .contains("There is no service 'nope'", "sales-prod-mcp-server-production");
    assertThat(run("status", "--cluster", "nope")).isEqualTo(10);
    assertThat(bench.err.toString()).contains("There is no cluster 'nope' in us-east-1");
    assertThat(run("status", "--cluster", "no pe;")).isEqualTo(2);
  }

  @Test
  void verifyTellsEverything() {
    assertThat(run("verify")).as(bench.err.toString()).isZero();
    assertThat(bench.err.toString()).contains("ok       circuit breaker: on, with rollback");
    bench.fake.service.breaker = false;
    bench.fake.service.grace = 0;
    assertThat(run("verify")).isZero();
    assertThat(run("verify", "--strict")).isEqualTo(10);
    assertThat(bench.err.toString()).contains("error    grace period");
    assertThat(run("verify", "--expect-account", "123456789012", "-o", "json")).isEqualTo(10);
    assertThat(
            bench.json().path("findings").valueStream().map(one -> one.path("what").stringValue()))
        .contains("circuit breaker", "grace period", "account");
    assertThat(bench.fake.changes()).isEmpty();
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
    assertThat(bench.err.toString()).contains("'from-file'", "eu-west-1");
    assertThat(run("status", "--env", "staging")).isZero();
    bench.variables.put("AWS_REGION", "us-west-2");
    assertThat(run("status", "--service", "flag")).isEqualTo(10);
    assertThat(bench.err.toString()).contains("'flag'", "us-west-2");
    assertThat(run("status", "--env", "other")).isEqualTo(2);
    assertThat(bench.err.toString()).contains("production, staging");
  }

  @Test
  void aProjectFileWithUnknownKeysIsRefused() throws IOException {
    Files.writeString(folder.resolve("deploy.yaml"), "environments: {production: {clutser: x}}\n");
    assertThat(run("status", "--env", "production")).isEqualTo(2);
    assertThat(bench.err.toString()).contains("unknown key 'clutser'");
  }

  @Test
  void theTimeOutComesFromTheFlagOrTheFile() throws IOException {
    bench.fake.storyApi = false;
    bench.fake.service.deploy(bench.second(), bench.fake.pace.instant());
    Path file = folder.resolve("deploy.yaml");
    Files.writeString(file, "{default: a, environments: {a: {timeout: 3}}}");
    assertThat(run("wait")).isEqualTo(32);
    assertThat(bench.err.toString()).contains("at most 3 minutes");
    assertThat(run("wait", "--timeout", "1")).isEqualTo(32);
    assertThat(bench.err.toString()).contains("at most 1 minutes");
    assertThat(run("wait", "--timeout", "0")).isEqualTo(2);
    Files.writeString(file, "{default: a, environments: {a: {timeout: soon}}}");
    assertThat(run("wait")).isEqualTo(2);
    assertThat(bench.err.toString()).contains("The timeout 'soon' is no number of minutes");
  }

  @Test
  void aBaseNeedsASubCommand() {
    assertThat(run("deploy", "--dry-rum")).isEqualTo(2);
    assertThat(bench.err.toString())
        .contains("Unknown option: '--dry-rum'", "deploy-cli deploy --help");
    assertThat(run("base")).isEqualTo(2);
    assertThat(run("base", "update", "!!")).isEqualTo(2);
    assertThat(run("base", "update", "127.0.0.1:9/base:1", "--insecure-registry")).isEqualTo(53);
    assertThat(bench.err.toString()).contains("The registry does not give 127.0.0.1:9/base:1");
  }

  @Test
  void logsAreShown() {
    assertThat(run("logs")).as(bench.err.toString()).isZero();
    assertThat(bench.out.toString()).isEqualTo("started\nready\n");
  }

  @Test
  void anUnreachableAwsIsNoDefect() {
    bench.variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    assertThat(run("status")).isEqualTo(53);
    assertThat(bench.err.toString()).contains("AWS could not be reached to look at service");
    bench.variables.put("AWS_ENDPOINT_URL", "127.0.0.1:9");
    assertThat(run("status")).isEqualTo(2);
  }

  @Test
  void exitCodesAndCompletionAreListed() {
    assertThat(run("exit-codes")).isZero();
    assertThat(bench.out.toString()).contains("31  rolled_back");
    assertThat(run("completion")).isZero();
    assertThat(bench.out.toString()).contains("complete -F", "--auto-rollback");
  }
}
