package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.record.ReleaseRecord;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `deploy-cli history`: what was released, by whom.
@Command(
    name = "history",
    description = "Show what was released, by whom, and how it ended.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli history --limit 5", ""})
final class HistoryCommand extends AwsCommand {
  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "20",
      description = "How many, newest first (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  HistoryCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    List<ReleaseRecord> records = new ReleaseRecords(aws, target.parameters()).history(limit);
    List<String> lines = new ArrayList<>();
    ObjectNode json = Json.object().put("command", "history");
    var list = json.putArray("releases");
    if (records.isEmpty()) {
      lines.add("No releases are recorded under " + target.parameters());
    } else {
      lines.add(
          "%-20s %-9s %-20s %-15s %-26s %s"
              .formatted("AT", "COMMAND", "VERSION", "OUTCOME", "TASK DEFINITION", "WHO"));
    }
    for (ReleaseRecord one : records) {
      lines.add(
          "%-20.20s %-9s %-20s %-15s %-26s %s"
              .formatted(
                  one.at(),
                  one.command(),
                  one.version(),
                  one.outcome(),
                  one.taskDefinition(),
                  one.who()));
      list.add(one.json());
    }
    print(lines, () -> json);
    return ExitCode.OK;
  }
}
