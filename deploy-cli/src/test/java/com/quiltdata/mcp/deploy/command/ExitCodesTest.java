package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.fake.FakeAws;
import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Exit codes that say nothing of a release.
final class ExitCodesTest {
  @TempDir private Path folder;

  private final FakeAws fake = new FakeAws();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "story");
    System.setProperty("aws.secretAccessKey", "story-story-story");
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private int run(String... args) {
    return DeployCli.run(
        args,
        new Surroundings(
            Map.of("AWS_ENDPOINT_URL", fake.uri().toString()),
            folder,
            new PrintWriter(out),
            new PrintWriter(err),
            Terminal.NONE,
            Optional.empty(),
            fake.pace,
            new Random(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"deploy --versoin 1", "depoly", "status --cluster a/b", "plan --lock-wait"})
  void aWrongCommandLineIsUsage(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(fake.calls).isEmpty();
  }

  @Test
  void differencesOfAPlanAreToldWhenAskedFor() {
    fake.images.put("1.0.0", "sha256:" + "1".repeat(64));
    assertThat(run("plan", "--version", "1.0.0", "--reuse-image", "--exit-code"))
        .as(err.toString())
        .isEqualTo(70);
    assertThat(err.toString()).contains("containerDefinitions[mcp-server].image");
    assertThat(run("plan", "--version", "1.0.0", "--reuse-image")).isZero();
    assertThat(run("plan", "--version", "0.9.0", "--reuse-image", "--exit-code"))
        .as(err.toString())
        .isZero();
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void anAnswerThatNobodyExpectedIsADefect() {
    fake.failing(
        "DescribeServices", _ -> true, new AwsError(400, "InvalidParameterException", "no such"));
    assertThat(run("status")).isEqualTo(1);
    assertThat(err.toString()).contains("FAILED (exit 1, defect)", "please report it");
  }
}
