package com.quiltdata.mcp.command;

import com.quiltdata.mcp.config.ProgramSettings;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.observe.Logging;
import com.quiltdata.mcp.observe.Logging.Format;
import com.quiltdata.mcp.observe.Logging.Threshold;
import java.io.PrintStream;

/// The log of a command that goes on for long, as the settings want it.
final class LogSetup {
  private LogSetup() {}

  /// Begins to log.
  ///
  /// @param out where lines go
  /// @param service in each line, as is the version
  static void install(
      Settings settings,
      Surroundings surroundings,
      PrintStream out,
      String service,
      String version) {
    Logging.install(out, format(settings, surroundings), threshold(settings), service, version);
  }

  private static Format format(Settings settings, Surroundings surroundings) {
    return switch (settings.get(ProgramSettings.LOG_FORMAT)) {
      case JSON -> Format.JSON;
      case TEXT -> Format.TEXT;
      case AUTO -> surroundings.isTerminal() ? Format.TEXT : Format.JSON;
    };
  }

  private static Threshold threshold(Settings settings) {
    return switch (settings.get(ProgramSettings.LOG_LEVEL)) {
      case TRACE -> Threshold.TRACE;
      case DEBUG -> Threshold.DEBUG;
      case INFO -> Threshold.INFO;
      case WARN, WARNING -> Threshold.WARN;
      case ERROR -> Threshold.ERROR;
    };
  }
}
