package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.project.GitVersion;
import com.quiltdata.mcp.deploy.release.Release;
import com.quiltdata.mcp.deploy.release.ReleaseOptions;
import com.quiltdata.mcp.deploy.release.ReleasePlan;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deploy-cli deploy`: build, push, register, update, wait, prove.
@Command(
    name = "deploy",
    description = "Release a version and prove that it serves.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  deploy-cli deploy --version 1.2.0",
      "  deploy-cli deploy --version 1.2.0 --env staging --yes -o json",
      "  deploy-cli deploy --dry-run",
      ""
    })
final class DeployCommand extends AwsCommand {
  @Mixin private final ImageOptions image = new ImageOptions();
  @Mixin private final LaunchOptions launch = new LaunchOptions();
  @Mixin private final VersionOptions version = new VersionOptions();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Release what `deploy-cli plan` has written, unless the service has moved.")
  private @Nullable Path planFile;

  @Option(names = "--dry-run", description = "Look and build, but change nothing.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--expect-account",
      paramLabel = "ID",
      description = "Fail unless the AWS account is this one.")
  private @Nullable String account;

  @Option(names = "--supersede", description = "Replace a deployment that is under way.")
  private boolean supersede;

  @Option(
      names = "--reuse-image",
      description = "Take the image that has the version already, whatever it is.")
  private boolean reuseImage;

  @Option(
      names = "--auto-rollback",
      description = "Take a release back that fails for good, where ECS does not.")
  private boolean autoRollback;

  @Mixin private final StrictOption strict = new StrictOption();

  @Option(
      names = "--lock-wait",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description =
          "For how long another release or deployment may go on before this one gives up (default: ${DEFAULT-VALUE}).")
  private int lockWait;

  DeployCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    Console console = output().console(around());
    GitVersion git = new GitVersion(around().folder());
    Optional<ReleasePlan> plan =
        Optional.ofNullable(planFile).map(around().folder()::resolve).map(ReleasePlan::read);
    ReleaseOptions release =
        new ReleaseOptions(
            plan.map(ReleasePlan::version).orElseGet(() -> version.find(around(), git, output())),
            git.revision().orElse("unknown"),
            Optional.ofNullable(account).or(() -> options().account(around())),
            dryRun,
            yes,
            supersede,
            reuseImage,
            autoRollback,
            strict.isStrict(),
            Duration.ofMinutes(lockWait),
            launch.patience(options(), around()),
            Origin.of(around()),
            plan);
    ReleaseReport report =
        new Release(
                aws,
                target,
                release,
                image.step(aws, target, release, around(), console),
                around().pace(),
                around().random(),
                console)
            .run();
    return report(report);
  }
}
