package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.release.Abort;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deploy-cli abort`: ends a rollout that is under way.
@Command(
    name = "abort",
    description = "End the rollout that is under way, and bring the old version back.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli abort --yes", ""})
final class AbortCommand extends AwsCommand {
  @Mixin private final LaunchOptions launch = new LaunchOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  AbortCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    Console console = output().console(around());
    if (!yes && !console.confirms("End the rollout of %s?".formatted(target.service()))) {
      throw Failure.of(ExitCode.INTERRUPTED, "Not confirmed; the rollout goes on");
    }
    return report(new Abort(launch.launch(aws, target, options(), around(), console)).run());
  }
}
