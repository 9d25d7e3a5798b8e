package com.quiltdata.mcp.deploy.command;

import picocli.CommandLine.Option;

/// `--help`, without the `--version` that picocli adds to it: that one is the release's.
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean requested;
}
