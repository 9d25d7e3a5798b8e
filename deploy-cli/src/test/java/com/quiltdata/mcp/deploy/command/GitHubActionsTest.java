package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What a run of GitHub Actions shows of a command.
final class GitHubActionsTest {
  @TempDir private Path folder;

  @RegisterExtension private final CommandBench bench = new CommandBench();

  private int run(String... args) {
    return bench.run(folder, args);
  }

  @Test
  void noTextOfAwsIsACommandOfGitHubActions() {
    bench.variables.put("GITHUB_ACTIONS", "true");
    bench.variables.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    bench.fake.service.start(
        bench.fake.service.deployments.getFirst(), "sha256:x\n::add-mask::x%0A\u001b[31m");
    assertThat(run("validate")).isEqualTo(40);
    assertThat((bench.err.toString() + bench.out).lines())
        .noneMatch(line -> line.startsWith("::add-mask"));
    assertThat(bench.err.toString())
        .contains("::error title=validate unhealthy::")
        .contains("%250A");
    assertThat(folder.resolve("summary"))
        .content()
        .contains("### validate 0.9.0: unhealthy", "```\n")
        .doesNotContain("\n::add-mask", "\u001b");
  }

  @Test
  void aGoodReleaseIsSummarizedAndMarksNothing() {
    bench.variables.put("GITHUB_ACTIONS", "true");
    bench.variables.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    assertThat(run("validate")).isZero();
    assertThat(run("validate")).isZero();
    assertThat(bench.err.toString()).doesNotContain("::error");
    assertThat(folder.resolve("summary"))
        .content()
        .containsSubsequence("### validate 0.9.0: ok", "### validate 0.9.0: ok");
    bench.variables.put("GITHUB_STEP_SUMMARY", folder.toString());
    assertThat(run("validate")).as("a summary that cannot be written is no failure").isZero();
    assertThat(bench.err.toString()).contains("the job summary cannot be written");
    bench.variables.clear();
  }

  @Test
  void failuresAreMarkedInGitHubActions() {
    bench.variables.put("GITHUB_ACTIONS", "true");
    bench.variables.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    bench.fake.service.desired = 0;
    assertThat(run("validate")).isEqualTo(40);
    assertThat(bench.err.toString()).contains("::error title=validate unhealthy::nothing runs");
    assertThat(folder.resolve("summary")).content().contains("### validate 0.9.0: unhealthy");
  }
}
