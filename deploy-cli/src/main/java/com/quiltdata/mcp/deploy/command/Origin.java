package com.quiltdata.mcp.deploy.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Where a command runs, for the record.
final class Origin {
  private Origin() {}

  /// The run of GitHub Actions, else the name of the machine.
  static String of(Surroundings around) {
    Optional<String> repository = around.variable("GITHUB_REPOSITORY");
    Optional<String> run = around.variable("GITHUB_RUN_ID");
    if (repository.isPresent() && run.isPresent()) {
      return "%s/%s/actions/runs/%s"
          .formatted(
              around.variable("GITHUB_SERVER_URL").orElse("https://github.com"),
              repository.get(),
              run.get());
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "unknown";
    }
  }
}
