package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.release.Launch;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import com.quiltdata.mcp.deploy.release.ReleaseWatcher;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a rollout may take.
final class LaunchOptions {
  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      defaultValue = "20",
      description = "For how long a rollout may take (default: ${DEFAULT-VALUE}).")
  private int timeout = 20;

  Duration patience() {
    return Duration.ofMinutes(timeout);
  }

  Launch launch(AwsClients aws, ReleaseTarget target, Surroundings around, ReleaseWatcher watcher) {
    return new Launch(
        aws,
        new EcsService(aws, target.service()),
        target,
        around.pace(),
        around.random(),
        watcher,
        patience(),
        false);
  }
}
