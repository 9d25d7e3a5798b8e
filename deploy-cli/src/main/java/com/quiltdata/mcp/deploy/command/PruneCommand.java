package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.image.ImageRepository.StoredImage;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.release.Pruning;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `deploy-cli prune`: removes old images.
@Command(
    name = "prune",
    description = "Remove old images; those that run, or may be rolled back to, stay.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli prune --dry-run", "  deploy-cli prune --keep 20 --yes", ""})
final class PruneCommand extends AwsCommand {
  @Option(
      names = "--keep",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "The newest images that stay in any case (default: ${DEFAULT-VALUE}).")
  private int keep = 10;

  @Option(names = "--dry-run", description = "Show what would go; remove nothing.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  PruneCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    Pruning pruning = new Pruning(aws, target, keep);
    List<StoredImage> old = pruning.old();
    boolean go =
        !dryRun
            && !old.isEmpty()
            && (yes
                || output()
                    .console(around())
                    .confirms(
                        "Remove %d images of %s?".formatted(old.size(), target.repository())));
    if (!go && !dryRun && !old.isEmpty()) {
      throw Failure.of(ExitCode.INTERRUPTED, "Not confirmed; nothing was removed");
    }
    if (go) {
      pruning.remove(old);
    }
    List<String> lines = new ArrayList<>();
    ObjectNode json = Json.object().put("command", "prune").put("removed", go);
    var images = json.putArray("images");
    lines.add(
        "%s %d images of %s"
            .formatted(go ? "Removed" : "Would remove", old.size(), target.repository()));
    for (StoredImage one : old) {
      lines.add("  %s %s %s".formatted(one.pushedAt(), String.join(",", one.tags()), one.digest()));
      images.addObject().put("digest", one.digest()).put("tags", String.join(",", one.tags()));
    }
    print(lines, () -> json);
    return ExitCode.OK;
  }
}
