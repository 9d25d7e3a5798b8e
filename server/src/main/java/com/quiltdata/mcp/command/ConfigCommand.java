package com.quiltdata.mcp.command;

import com.quiltdata.mcp.app.ServerConfig;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `quilt-mcp config`: every setting, its value and where it came from.
@Command(
    name = "config",
    description = "Show every setting, its value and where it came from; secrets as ***.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 when a server would start with these settings, else 2."})
final class ConfigCommand implements Runnable {
  @Mixin private final SettingOptions options = new SettingOptions();

  @Option(names = "--json", description = "Print one JSON object, for scripts.")
  private boolean asJson;

  private final Surroundings surroundings;

  ConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    Settings settings = options.resolve(surroundings.environment());
    PrintStream out = surroundings.out();
    if (asJson) {
      out.println(json(settings.rows()));
    } else {
      table(settings.rows(), out);
    }
    ServerConfig config =
        ServerConfig.from(settings, Surroundings.build(), false, surroundings.host());
    config.warnings().forEach(warning -> surroundings.err().println("Warning: " + warning));
    if (!asJson) {
      out.printf(
          "%nThese settings make a server in %s mode.%n",
          config.mode().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String json(List<Settings.Row> rows) {
    ObjectNode all = StrictJson.NODES.objectNode();
    rows.forEach(
        row -> all.putObject(row.name()).put("value", row.value()).put("origin", row.origin()));
    return new StrictJson(JsonLimits.DEFAULT).text(all);
  }

  private static void table(List<Settings.Row> rows, PrintStream out) {
    int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int values = Math.min(40, rows.stream().mapToInt(row -> row.value().length()).max().orElse(0));
    rows.forEach(row ->
        out.printf(
            "%-" + names + "s  %-" + Math.max(1, values) + "s  %s%n",
            row.name(),
            row.value(),
            row.origin()));
  }
}
