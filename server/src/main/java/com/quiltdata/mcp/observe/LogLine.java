package com.quiltdata.mcp.observe;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/// One log record taken apart: the fields of the request, of the event and of an error.
record LogLine(String level, String message, Map<String, Object> fields) {
  private static final int MAX_CHARS = 2_048;
  private static final int MAX_STACK_CHARS = 8_192;
  private static final SimpleFormatter MESSAGES = new SimpleFormatter();

  static LogLine of(LogRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    RequestContext.current()
        .ifPresent(request -> {
          fields.put("request_id", request.requestId());
          request.subject().ifPresent(subject -> fields.put("subject", clean(subject, MAX_CHARS)));
        });
    String message = clean(MESSAGES.formatMessage(record), MAX_CHARS);
    Object[] parameters = record.getParameters();
    if (parameters != null && parameters.length == 1 && parameters[0] instanceof LogFields event) {
      fields.put("event", message);
      event
          .values()
          .forEach((name, value) ->
              fields.put(name, value instanceof String text ? clean(text, MAX_CHARS) : value));
    }
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      fields.put("error.type", thrown.getClass().getName());
      fields.put("error.message", clean(String.valueOf(thrown.getMessage()), MAX_CHARS));
      if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        fields.put("error.stack", clean(stack.toString(), MAX_STACK_CHARS));
      }
    }
    return new LogLine(levelName(record.getLevel()), message, fields);
  }

  private static String clean(String text, int maxChars) {
    String cut = text.length() > maxChars ? text.substring(0, maxChars) + "…" : text;
    return Redaction.of(cut);
  }

  private static String levelName(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }
}
