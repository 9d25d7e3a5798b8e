package com.quiltdata.mcp.deploy.command;

import picocli.CommandLine.Option;

/// How preflight judges.
final class StrictOption {
  @Option(names = "--strict", description = "Do not begin when preflight warns of something.")
  private boolean strict;

  boolean isStrict() {
    return strict;
  }
}
