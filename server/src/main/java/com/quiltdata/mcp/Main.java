package com.quiltdata.mcp;

import com.quiltdata.mcp.command.QuiltMcpCommand;

/// Start of the program.
public final class Main {
  private Main() {}

  /// Runs the command line and ends the process with its exit code.
  ///
  /// @param args as the shell gave them
  public static void main(String[] args) {
    System.exit(QuiltMcpCommand.run(args, System.getenv()));
  }
}
