package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.project.GitVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which version is meant.
final class VersionOptions {
  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version of the release (default: what git describes). $VERSION")
  private @Nullable String version;

  /// The same, where it is good to know but not needed.
  Optional<String> known(Surroundings around, GitVersion git) {
    return Optional.ofNullable(version).or(() -> around.variable("VERSION")).or(git::describe);
  }

  /// The version to release: the flag, the environment, or what git describes.
  String find(Surroundings around, GitVersion git, OutputOptions output) {
    Optional<String> named = Optional.ofNullable(version).or(() -> around.variable("VERSION"));
    if (named.isPresent()) {
      return named.get();
    }
    String described =
        git.describe()
            .orElseThrow(() ->
                Failure.of(ExitCode.USAGE, "No version: this is no git checkout, give --version")
                    .next("deploy-cli deploy --version 1.2.0"));
    output.console(around).note("Version %s, from git".formatted(described));
    return described;
  }
}
