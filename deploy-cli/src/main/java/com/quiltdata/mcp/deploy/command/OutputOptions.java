package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Console;
import picocli.CommandLine.Option;

/// How a command tells what it does.
final class OutputOptions {
  /// The form of results.
  enum Form {
    /// For people.
    text,
    /// One JSON document.
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text or json, on standard output (default: ${DEFAULT-VALUE}).")
  private Form form = Form.text;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show problems only.")
  private boolean quiet;

  boolean isJson() {
    return form == Form.json;
  }

  Console console(Surroundings around) {
    return new Console(
        around.err(),
        around.person(),
        quiet,
        around.terminal(),
        around.variable("NO_COLOR").isEmpty());
  }
}
