package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.record.ReleaseLock;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `deploy-cli unlock`: removes the lock of a release that is no more.
@Command(
    name = "unlock",
    description = "Remove the lock that a release which died has left.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli unlock --yes", ""})
final class UnlockCommand extends AwsCommand {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  UnlockCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    ReleaseRecords records = new ReleaseRecords(aws, target.parameters());
    Optional<ReleaseLock> holder = records.holder();
    if (holder.isEmpty()) {
      print(
          List.of("There is no lock"),
          () -> Json.object().put("command", "unlock").put("removed", false));
      return ExitCode.OK;
    }
    if (!yes
        && !output().console(around()).confirms("Remove the lock: %s?".formatted(holder.get()))) {
      throw Failure.of(ExitCode.INTERRUPTED, "Not confirmed; the lock stays");
    }
    boolean removed = records.removeLock();
    print(
        List.of(removed ? "Removed: " + holder.get() : "The lock was gone already"),
        () -> Json.object().put("command", "unlock").put("removed", removed));
    return ExitCode.OK;
  }
}
