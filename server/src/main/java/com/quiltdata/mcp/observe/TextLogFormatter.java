package com.quiltdata.mcp.observe;

import com.quiltdata.mcp.json.VisibleJson;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// For a person at a terminal: time, level, event, then `name=value`. Only a stack has further
/// lines, and they are indented.
final class TextLogFormatter extends Formatter {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final ZoneId zone;

  TextLogFormatter(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public String format(LogRecord record) {
    LogLine line = LogLine.of(record);
    StringBuilder out = new StringBuilder();
    out.append(TIME.withZone(zone).format(record.getInstant()));
    out.append(' ')
        .append("%-5s".formatted(line.level()))
        .append(' ')
        .append(visible(line.message()));
    line.fields()
        .forEach((name, value) -> {
          if (!name.equals("event") && !name.equals("error.stack")) {
            out.append(' ').append(name).append('=').append(visible(quoted(value.toString())));
          }
        });
    out.append('\n');
    Object stack = line.fields().get("error.stack");
    if (stack != null) {
      stack
          .toString()
          .lines()
          .forEach(row -> out.append("    ").append(visible(row.strip())).append('\n'));
    }
    return out.toString();
  }

  /// One value cannot be taken for several.
  private static String quoted(String text) {
    boolean isPlain =
        !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
    return isPlain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String visible(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || VisibleJson.isInvisible(c)) {
            out.append("\\u{%x}".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}
