package com.quiltdata.mcp.deploy.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What git knows of a folder.
///
/// @param folder in a checkout
public record GitVersion(Path folder) {
  private static final int SECONDS = 10;

  /// `https://HOST/PATH.git`, `ssh://git@HOST/PATH` and `git@HOST:PATH`: host and path.
  private static final Pattern REMOTE =
      Pattern.compile(
          "(?:(?:https?|ssh|git)://(?:[^@/]*@)?|[A-Za-z0-9._-]+@)([A-Za-z0-9.-]+)(?::\\d+)?[:/]/?([^@?#]+?)(?:\\.git)?/?");

  /// A version from the newest tag, `1.2.0-3-gabc1234` for example, with `-dirty` when something
  /// was changed since; empty where there is no git.
  public Optional<String> describe() {
    return git("describe", "--tags", "--always", "--dirty");
  }

  /// The commit, with `-dirty` behind it when a file that git keeps was changed since.
  public Optional<String> revision() {
    return git("rev-parse", "HEAD")
        .map(commit ->
            git("status", "--porcelain", "--untracked-files=no").isEmpty()
                ? commit
                : commit + "-dirty");
  }

  /// Where the source comes from; empty where that is no web address. The ways to write one address
  /// are made equal, and nothing of a login is in it.
  public Optional<String> source() {
    return git("config", "--get", "remote.origin.url")
        .map(REMOTE::matcher)
        .filter(Matcher::matches)
        .map(parts -> "https://%s/%s".formatted(parts.group(1), parts.group(2)));
  }

  private Optional<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(text.strip()).filter(line -> !line.isEmpty())
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
