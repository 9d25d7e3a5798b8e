package com.quiltdata.mcp.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The client's trace, as `_meta.traceparent` names it (W3C Trace Context, section 3.2). What is
/// not of its form is ignored; versions to come may have more behind it, version 00 has not.
final class TraceContext {
  private static final Pattern TRACEPARENT =
      Pattern.compile("((?!ff)[0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.{0,400})?");
  private static final Pattern ZEROS = Pattern.compile("0+");

  private TraceContext() {}

  /// The id of the trace that a request is part of.
  ///
  /// @param meta `_meta` of its parameters
  /// @return 32 hexadecimal digits, or empty when it names no trace
  static Optional<String> traceId(JsonNode meta) {
    JsonNode value = meta.path("traceparent");
    if (!value.isString()) {
      return Optional.empty();
    }
    Matcher matcher = TRACEPARENT.matcher(value.stringValue());
    return matcher.matches()
            && !ZEROS.matcher(matcher.group(2)).matches()
            && !ZEROS.matcher(matcher.group(3)).matches()
            && !(matcher.group(1).equals("00") && matcher.group(4) != null)
        ? Optional.of(matcher.group(2))
        : Optional.empty();
  }
}
