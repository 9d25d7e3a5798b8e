package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import com.quiltdata.mcp.deploy.release.Resumption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deploy-cli wait`: goes on waiting for a deployment.
@Command(
    name = "wait",
    description = "Wait for a deployment that is under way, and prove that it serves.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli wait --deployment ecs-svc/1234567890123456789", ""})
final class WaitCommand extends AwsCommand {
  @Mixin private final LaunchOptions launch = new LaunchOptions();

  @Option(
      names = "--deployment",
      paramLabel = "ID",
      description = "Its id (default: the newest one).")
  private @Nullable String deployment;

  WaitCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    ReleaseReport report =
        new Resumption(
                aws,
                target,
                around().pace(),
                around().random(),
                output().console(around()),
                launch.patience(options(), around()),
                Origin.of(around()))
            .run(Optional.ofNullable(deployment));
    return report(report);
  }
}
