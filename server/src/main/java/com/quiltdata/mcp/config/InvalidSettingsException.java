package com.quiltdata.mcp.config;

import java.util.List;

/// The settings do not make a server. Each problem names the setting, the rule and a way out; no
/// secret is in any of them.
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /// All that is wrong.
  ///
  /// @param problems one sentence each
  public InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// One sentence each.
  public List<String> problems() {
    return problems;
  }
}
