package com.quiltdata.mcp.deploy.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What git knows.
final class GitVersionTest {
  @TempDir private Path folder;

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.com",
                "-c",
                "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aChangedFileMakesTheRevisionDirty() throws IOException, InterruptedException {
    git("init", "-q");
    Path file = Files.writeString(folder.resolve("a"), "a");
    git("add", "a");
    git("commit", "-q", "-m", "a");
    GitVersion git = new GitVersion(folder);
    assertThat(git.revision().orElseThrow()).matches("[0-9a-f]{40}");
    Files.writeString(folder.resolve("not-kept"), "b");
    assertThat(git.revision().orElseThrow()).matches("[0-9a-f]{40}");
    Files.writeString(file, "b");
    assertThat(git.revision().orElseThrow()).matches("[0-9a-f]{40}-dirty");
  }

  @ParameterizedTest
  @CsvSource({
    "git@example.com:org/mcp.git,       https://example.com/org/mcp",
    "https://example.com/org/mcp,       https://example.com/org/mcp",
    "https://u:secret@example.com/org/mcp.git, https://example.com/org/mcp",
    "ssh://git@example.com:2222/org/mcp.git,   https://example.com/org/mcp",
    "/home/somebody/mcp,                '' ",
    "file:///home/somebody/mcp,         '' ",
  })
  void theSourceIsAWebAddressWithoutALogin(String remote, String source)
      throws IOException, InterruptedException {
    git("init", "-q");
    assertThat(new GitVersion(folder).source()).isEmpty();
    git("remote", "add", "origin", remote);
    assertThat(new GitVersion(folder).source().orElse("")).isEqualTo(source);
  }
}
