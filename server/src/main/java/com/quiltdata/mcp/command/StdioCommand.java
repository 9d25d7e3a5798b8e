package com.quiltdata.mcp.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `quilt-mcp stdio`: for clients that start the server themselves.
@Command(
    name = "stdio",
    description = "Serve one client through standard input and output; logs go to standard error.",
    mixinStandardHelpOptions = true)
final class StdioCommand implements Runnable {
  @Mixin private final SettingOptions options = new SettingOptions();

  private final Surroundings surroundings;

  StdioCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    ServeCommand.serve(options, surroundings, true);
  }
}
