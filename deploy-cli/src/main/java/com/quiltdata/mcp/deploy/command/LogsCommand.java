package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.console.Printable;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.logs.LogTail;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `deploy-cli logs`: what the tasks log.
@Command(
    name = "logs",
    description = "Show what the tasks of the service have logged.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli logs", "  deploy-cli logs --since 60", "  deploy-cli logs -f", ""})
final class LogsCommand extends AwsCommand {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "MINUTES",
      defaultValue = "10",
      description = "From so long ago (default: ${DEFAULT-VALUE}).")
  private int since = 10;

  LogsCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    EcsService ecs = new EcsService(aws, target.service());
    TaskDefinition running = ecs.taskDefinition(ecs.state().taskDefinition());
    LogTail tail =
        LogTail.of(aws, running, target.container())
            .orElseThrow(() ->
                Failure.of(
                    ExitCode.PREFLIGHT_FAILED,
                    "Container '%s' of %s does not log to CloudWatch"
                        .formatted(target.container(), running.shortName())));
    LogTail.Follower follower =
        tail.from(Instant.ofEpochMilli(around().pace().millis()).minus(Duration.ofMinutes(since)));
    while (true) {
      follower.next().stream().map(Printable::line).forEach(around().out()::println);
      around().out().flush();
      if (!follow) {
        return ExitCode.OK;
      }
      try {
        around().pace().sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return ExitCode.OK;
      }
    }
  }
}
