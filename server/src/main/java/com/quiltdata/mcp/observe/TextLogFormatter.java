package com.quiltdata.mcp.observe;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// For a person at a terminal: time, level, event, then `name=value`.
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
            out.append(' ').append(name).append('=').append(visible(value.toString()));
          }
        });
    out.append('\n');
    Object stack = line.fields().get("error.stack");
    if (stack != null) {
      out.append(stack);
    }
    return out.toString();
  }

  private static String visible(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            out.append("\\u{%x}".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}
