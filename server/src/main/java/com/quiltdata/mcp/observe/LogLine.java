package com.quiltdata.mcp.observe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/// One log record taken apart: the fields of the request, of the event and of an error.
record LogLine(String level, String message, Map<String, Object> fields) {
  private static final int MAX_BYTES = 2_048;
  private static final int MAX_STACK_BYTES = 8_192;
  private static final int MAX_CAUSES = 6;
  private static final int MAX_FRAMES = 16;

  /// A secret that begins before the cut is seen whole enough to be known as one.
  private static final int MARGIN = 1_024;

  private static final String CUT = "…";
  private static final SimpleFormatter MESSAGES = new SimpleFormatter();

  static LogLine of(LogRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    RequestContext.current()
        .ifPresent(request -> {
          fields.put("request_id", request.requestId());
          request.traceId().ifPresent(id -> fields.put("trace_id", id));
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
        fields.put("error.stack", clean(stack(thrown), MAX_STACK_BYTES));
      }
    }
    return new LogLine(levelName(record.getLevel()), message, fields);
  }

  /// The innermost frames of an error and of what caused it, so that the last cause is not lost
  /// behind a deep stack.
  private static String stack(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    Optional<Throwable> next = Optional.of(thrown);
    for (int i = 0; i < MAX_CAUSES && next.isPresent(); i++) {
      Throwable cause = next.get();
      text.append(i == 0 ? "" : "Caused by: ").append(cause).append('\n');
      Arrays.stream(cause.getStackTrace())
          .limit(MAX_FRAMES)
          .forEach(frame -> text.append("  at ").append(frame).append('\n'));
      next = Optional.ofNullable(cause.getCause());
    }
    return text.toString();
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
