package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.project.GitVersion;
import com.quiltdata.mcp.deploy.release.Release;
import com.quiltdata.mcp.deploy.release.ReleaseOptions;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deploy-cli plan`: what a release would change.
@Command(
    name = "plan",
    description = "Show what a release would change; change nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  deploy-cli plan --version 1.2.0",
      "  deploy-cli plan --version 1.2.0 --plan-file release.plan",
      "  deploy-cli deploy --plan release.plan",
      ""
    })
final class PlanCommand extends AwsCommand {
  @Mixin private final ImageOptions image = new ImageOptions();
  @Mixin private final VersionOptions version = new VersionOptions();

  @Option(
      names = "--plan-file",
      paramLabel = "FILE",
      description =
          "Write the plan there, for `deploy --plan`. In other tools that is -o, which is the form of the output here.")
  private @Nullable Path file;

  @Option(names = "--exit-code", description = "End with 70 when there are differences.")
  private boolean exitCode;

  @Option(
      names = "--reuse-image",
      description = "Take the image that has the version already, whatever it is.")
  private boolean reuseImage;

  PlanCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    Console console = output().console(around());
    GitVersion git = new GitVersion(around().folder());
    ReleaseOptions options =
        new ReleaseOptions(
            version.find(around(), git, output()),
            git.revision().orElse("unknown"),
            options().account(around()),
            true,
            true,
            true,
            reuseImage,
            false,
            false,
            Duration.ZERO,
            Duration.ZERO,
            Origin.of(around()),
            Optional.empty());
    Release release =
        new Release(
            aws,
            target,
            options,
            image.step(aws, target, options, around(), console),
            around().pace(),
            around().random(),
            console);
    ReleaseReport report = release.run();
    ExitCode code = report(report);
    if (code != ExitCode.OK) {
      return code;
    }
    release
        .plan()
        .ifPresent(plan -> {
          if (file != null) {
            plan.write(around().folder().resolve(file));
          }
        });
    return exitCode && release.plan().isPresent() ? ExitCode.DIFFERENCES : code;
  }
}
