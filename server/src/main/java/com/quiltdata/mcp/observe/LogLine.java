package com.quiltdata.mcp.observe;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/// One log record taken apart: the fields of the request, of the event and of an error.
record LogLine(String level, String message, Map<String, Object> fields) {
  private static final int MAX_BYTES = 2_048;
  private static final int MAX_STACK_BYTES = 8_192;

  /// A secret that begins before the cut is seen whole enough to be known as one.
  private static final int MARGIN = 1_024;

  private static final String CUT = "…";
  private static final SimpleFormatter MESSAGES = new SimpleFormatter();

  static LogLine of(LogRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    RequestContext.current()
        .ifPresent(request -> {
          fields.put("request_id", request.requestId());
          request.subject().ifPresent(subject -> fields.put("subject", clean(subject, MAX_BYTES)));
        });
    String message = clean(MESSAGES.formatMessage(record), MAX_BYTES);
    Object[] parameters = record.getParameters();
    if (parameters != null && parameters.length == 1 && parameters[0] instanceof LogFields event) {
      fields.put("event", message);
      event
          .values()
          .forEach((name, value) ->
              fields.put(name, isHarmless(value) ? value : clean(value.toString(), MAX_BYTES)));
    }
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      fields.put("error.type", thrown.getClass().getName());
      fields.put("error.message", clean(String.valueOf(thrown.getMessage()), MAX_BYTES));
      if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        fields.put("error.stack", clean(stack.toString(), MAX_STACK_BYTES));
      }
    }
    return new LogLine(levelName(record.getLevel()), message, fields);
  }

  private static boolean isHarmless(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static String clean(String text, int maxBytes) {
    String head = head(text, maxBytes + MARGIN);
    String redacted = Redaction.of(head);
    String shown = head(redacted, maxBytes - CUT.getBytes(StandardCharsets.UTF_8).length);
    boolean isWhole = head.length() == text.length() && head(redacted, maxBytes).equals(redacted);
    return isWhole ? redacted : shown + CUT;
  }

  /// As many whole characters as fit.
  private static String head(String text, int maxBytes) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        return text.substring(0, end);
      }
      end += Character.charCount(c);
    }
    return text;
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
