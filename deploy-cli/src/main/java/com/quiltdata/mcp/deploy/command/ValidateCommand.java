package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import com.quiltdata.mcp.deploy.release.Validation;
import picocli.CommandLine.Command;

/// `deploy-cli validate`: does what runs serve?
@Command(
    name = "validate",
    description = "Prove that what is deployed serves; change nothing.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli validate", "  deploy-cli validate --env production -o json", ""})
final class ValidateCommand extends AwsCommand {
  ValidateCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    ReleaseReport report = new Validation(aws, target, around().pace()).run();
    return report(report);
  }
}
