package com.quiltdata.mcp.deploy.smoke;

import java.util.List;
import java.util.Optional;

/// What the public address answered.
///
/// @param ok whether it answers as an MCP server of the wanted build does
/// @param proven what was seen, in the order in which it was asked
/// @param problem the first thing that was wrong
/// @param build what the server says that it is
public record SmokeResult(
    boolean ok, List<String> proven, Optional<String> problem, Optional<String> build) {

  /// Copies the list.
  public SmokeResult {
    proven = List.copyOf(proven);
  }
}
