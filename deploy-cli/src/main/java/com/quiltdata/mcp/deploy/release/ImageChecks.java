package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Whether the image fits the task definition: its processor and its health command.
record ImageChecks(TaskDefinition definition, String container, ImageFacts image) {
  static final String HEALTH = "health command";

  /// What the check of a Python service runs, and no image of a Java server has.
  private static final Pattern FOREIGN =
      Pattern.compile("(?:^|[\\s/;&|])(python[0-9.]*|curl|wget)(?=$|[\\s;&|])");

  private static final Set<String> FORMS = Set.of("CMD", "CMD-SHELL");

  List<Finding> look() {
    return List.of(platform(), health());
  }

  private Finding platform() {
    JsonNode platform = definition.json().path("runtimePlatform");
    String system = platform.path("operatingSystemFamily").asString("LINUX");
    String processor = platform.path("cpuArchitecture").asString("X86_64");
    String wanted = processor.equals("ARM64") ? "arm64" : "amd64";
    return system.equals("LINUX") && wanted.equals(image.architecture())
        ? Finding.ok("platform", "linux/" + wanted)
        : Finding.error(
            "platform",
            "the task definition runs %s on %s, the image is for linux/%s"
                .formatted(system, processor, image.architecture()),
            "give --architecture %s, or correct runtimePlatform".formatted(wanted));
  }

  private Finding health() {
    List<String> command = definition.healthCommand(container);
    if (command.isEmpty() || command.getFirst().equals("NONE")) {
      return Finding.ok(HEALTH, "none: the check of the load balancer decides alone");
    }
    String shown =
        String.join(
            " ", FORMS.contains(command.getFirst()) ? command.subList(1, command.size()) : command);
    if (image.health().filter(command::equals).isPresent()) {
      return Finding.ok(HEALTH, shown);
    }
    Matcher foreign = FOREIGN.matcher(shown);
    Optional<String> other = image.health().map(one -> String.join(" ", one));
    if (foreign.find()) {
      return Finding.error(
          HEALTH,
          "it runs %s, which an image of this server does not have".formatted(foreign.group(1)),
          "use [\"CMD\", \"/app/bin/health\"]");
    }
    return other
        .map(holds ->
            Finding.error(
                HEALTH,
                "it runs '%s', but the image holds '%s'".formatted(shown, holds),
                "use the command of the image"))
        .orElseGet(() ->
            Finding.unknown(
                HEALTH,
                "it runs '%s'; %s"
                    .formatted(
                        shown,
                        image.gap().isPresent()
                            ? "the image is not known yet"
                            : "the image does not say which one it holds")));
  }
}
