package com.quiltdata.mcp.observe;

import java.util.LinkedHashMap;
import java.util.Map;

/// The named values of one log event, in order. Not thread-safe.
public final class LogFields {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private LogFields() {}

  /// No values.
  ///
  /// @return an empty set of fields
  public static LogFields none() {
    return new LogFields();
  }

  /// One value.
  ///
  /// @param name snake case, with dots for groups
  /// @param value text, number or boolean
  /// @return fields with this one
  public static LogFields of(String name, Object value) {
    return none().with(name, value);
  }

  /// One more value.
  ///
  /// @param name snake case, with dots for groups
  /// @param value text, number or boolean
  /// @return this
  public LogFields with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Map<String, Object> values() {
    return values;
  }
}
