package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Exit codes that say nothing of a release.
final class ExitCodesTest {
  @TempDir private Path folder;

  @RegisterExtension private final CommandBench bench = new CommandBench();

  private int run(String... args) {
    return bench.run(folder, args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"deploy --versoin 1", "depoly", "status --cluster a/b", "plan --lock-wait"})
  void aWrongCommandLineIsUsage(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(bench.fake.calls).isEmpty();
  }

  @Test
  void differencesOfAPlanAreToldWhenAskedFor() {
    bench.fake.images.put("1.0.0", "sha256:" + "1".repeat(64));
    assertThat(run("plan", "--version", "1.0.0", "--reuse-image", "--exit-code"))
        .as(bench.err.toString())
        .isEqualTo(70);
    assertThat(bench.err.toString()).contains("containerDefinitions[mcp-server].image");
    assertThat(run("plan", "--version", "1.0.0", "--reuse-image")).isZero();
    assertThat(run("plan", "--version", "0.9.0", "--reuse-image", "--exit-code"))
        .as(bench.err.toString())
        .isZero();
    assertThat(bench.fake.changes()).isEmpty();
  }

  @Test
  void anAnswerThatNobodyExpectedIsToldWithItsCallCodeAndRequest() {
    bench.fake.failing(
        "DescribeServices", _ -> true, new AwsError(400, "InvalidParameterException", "no such"));
    assertThat(run("status")).isEqualTo(1);
    assertThat(bench.err.toString())
        .contains(
            "FAILED (exit 1, defect): AWS refused to look at service",
            ": ecs:DescribeServices answered InvalidParameterException: no such",
            "  What to do: correct what AWS names",
            "  call ecs:DescribeServices, HTTP 400, request id 00000000-0000-4000-8000-000000000001");
  }

  /// The call is named as IAM names it.
  @Test
  void anAnswerInXmlThatNobodyExpectedIsToldToo() {
    bench.fake.failing(
        "DescribeTargetHealth", _ -> true, new AwsError(400, "InvalidTarget", "no such target"));
    assertThat(run("validate")).isEqualTo(1);
    assertThat(bench.err.toString())
        .contains(
            ": elasticloadbalancing:DescribeTargetHealth answered InvalidTarget: no such target",
            "call elasticloadbalancing:DescribeTargetHealth, HTTP 400, request id ");
  }
}
