package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import com.quiltdata.mcp.deploy.release.Rollback;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `deploy-cli rollback`: brings an older version back.
@Command(
    name = "rollback",
    description = "Release an older version again, and prove that it serves.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli rollback", "  deploy-cli rollback 1.1.0 --yes", ""})
final class RollbackCommand extends AwsCommand {
  @Mixin private final LaunchOptions launch = new LaunchOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Which one (default: the newest good release before).")
  private @Nullable String version;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  RollbackCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    Console console = output().console(around());
    return report(
        new Rollback(
                aws,
                target,
                launch.launch(aws, target, options(), around(), console),
                console,
                Origin.of(around()),
                yes)
            .run(Optional.ofNullable(version)));
  }
}
