package com.quiltdata.mcp.observe;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import tools.jackson.databind.JsonNode;

/// Log records and what the formatters make of them.
final class LogLines {
  /// Texts that would end a line, hide the rest of it or dress it up.
  static final String[] NASTY = {
    "a\r\nb",
    "a\rb",
    "a\nINFO forged",
    "a\u2028b\u2029c\u0085d",
    "a\0b",
    "\u001b[2J\u001b[31mred",
    "\u202egnp.exe",
    "a\u2066b\u200bc\ufeff",
    "\udb40\udc41\udb40\udc42",
    "\ud800",
    "\u007f\u009b31m",
    "\"}\n{\"level\":\"ERROR\"",
    "\\u000a",
    "%s {0} ${jndi:ldap://x}"
  };

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private LogLines() {}

  static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("quilt.test");
    return record;
  }

  static LogRecord event(String event, LogFields fields) {
    LogRecord record = record(Level.INFO, event);
    record.setParameters(new Object[] {fields});
    return record;
  }

  static LogRecord failure(Level level, String message, Throwable thrown) {
    LogRecord record = record(level, message);
    record.setThrown(thrown);
    return record;
  }

  /// The line, which must be one, as JSON.
  static JsonNode json(LogRecord record) {
    String line = new JsonLogFormatter("the-service", "1.2.3").format(record);
    if (line.indexOf('\n') != line.length() - 1 || line.isBlank()) {
      throw new AssertionError("not one line: " + line);
    }
    line.chars()
        .filter(c -> (c < ' ' && c != '\n') || c == 0x7f || c == 0x2028 || c == 0x202e || c == 0x85)
        .findFirst()
        .ifPresent(c -> {
          throw new AssertionError("a raw character " + c);
        });
    return JSON.read(line.replace("\\ud800", "?").getBytes(StandardCharsets.UTF_8));
  }
}
