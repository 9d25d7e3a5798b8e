package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.release.Launch;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import com.quiltdata.mcp.deploy.release.ReleaseWatcher;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How long a rollout may take.
final class LaunchOptions {
  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      description = "For how long a rollout may take (default: 20).")
  private @Nullable Integer timeout;

  /// The flag, what the project file says, or twenty minutes.
  ///
  /// @throws Failure [ExitCode#USAGE] when that is no number of minutes
  Duration patience(TargetOptions options, Surroundings around) {
    String minutes =
        Optional.ofNullable(timeout)
            .map(String::valueOf)
            .or(() -> options.timeout(around))
            .orElse("20");
    if (!minutes.matches("[1-9]\\d{0,3}")) {
      throw Failure.of(
          ExitCode.USAGE, "The timeout '%s' is no number of minutes from 1".formatted(minutes));
    }
    return Duration.ofMinutes(Integer.parseInt(minutes));
  }

  Launch launch(
      AwsClients aws,
      ReleaseTarget target,
      TargetOptions options,
      Surroundings around,
      ReleaseWatcher watcher) {
    return new Launch(
        aws,
        new EcsService(aws, target.service()),
        target,
        around.pace(),
        around.random(),
        watcher,
        patience(options, around),
        false);
  }
}
