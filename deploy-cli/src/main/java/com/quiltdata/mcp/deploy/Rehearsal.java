package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;

/// What the launcher runs once, so that the cache of classes has what commands need.
final class Rehearsal {
  private Rehearsal() {}

  /// Shows the help, then runs a command.
  ///
  /// @param args of the command
  public static void main(String[] args) {
    DeployCli.run(new String[] {"--help"}, Surroundings.ofProcess());
    System.exit(DeployCli.run(args, Surroundings.ofProcess()));
  }
}
