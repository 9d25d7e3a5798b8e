package com.quiltdata.mcp.observe;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Writes structured events. Thread-safe.
public final class EventLog {
  private static final String PREFIX = "quilt.";

  private final Logger logger;

  private EventLog(Logger logger) {
    this.logger = logger;
  }

  /// A log of one part of the program.
  ///
  /// @param part for example `http`
  /// @return its log, the logger `quilt.http`
  public static EventLog named(String part) {
    return new EventLog(System.getLogger(PREFIX + part));
  }

  /// Writes an event.
  ///
  /// @param level how grave
  /// @param event which, for example `tool.call`
  /// @param fields what is to be known of it
  public void event(Level level, String event, LogFields fields) {
    if (logger.isLoggable(level)) {
      logger.log(level, event, new Object[] {fields});
    }
  }

  /// Whether an event would be written; asked where its fields cost something.
  ///
  /// @param level how grave
  /// @return true when it would
  public boolean writes(Level level) {
    return logger.isLoggable(level);
  }

  /// Writes a defect of this program, stack included.
  ///
  /// @param where it showed
  /// @param cause what was thrown
  public void defect(String where, Throwable cause) {
    logger.log(Level.ERROR, "defect in " + where, cause);
  }
}
