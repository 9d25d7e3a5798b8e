package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;

/// Start of the program.
public final class Main {
  private Main() {}

  /// Runs the command line and ends the process with its exit code.
  ///
  /// @param args as the shell gave them
  public static void main(String[] args) {
    System.exit(DeployCli.run(args, Surroundings.ofProcess()));
  }
}
