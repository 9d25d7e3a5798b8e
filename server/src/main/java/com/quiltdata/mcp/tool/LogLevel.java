package com.quiltdata.mcp.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The levels of MCP log messages (RFC 5424), least grave first.
public enum LogLevel {
  /// Detail for developers.
  DEBUG,
  /// Normal course of things.
  INFO,
  /// Normal, but worth notice.
  NOTICE,
  /// Something may be wrong.
  WARNING,
  /// Something failed.
  ERROR,
  /// A part of the system failed.
  CRITICAL,
  /// Somebody must act at once.
  ALERT,
  /// Nothing works.
  EMERGENCY;

  /// The level as it travels, for example `info`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads a level.
  ///
  /// @param text as it travels
  /// @return the level, or empty for an unknown one
  public static Optional<LogLevel> of(String text) {
    return Arrays.stream(values()).filter(level -> level.wire().equals(text)).findFirst();
  }
}
