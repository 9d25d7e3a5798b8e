package com.quiltdata.mcp.quilt.template;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.JsonNode;

/// A member of metadata that a template knows.
///
/// @param name of the member
/// @param kind what its value may be
/// @param initial its value until somebody knows better; [#UNKNOWN] for what only people can tell
/// @param meaning for people, without a final stop
public record TemplateField(String name, Kind kind, JsonNode initial, String meaning) {
  /// Stands for a value that nobody has given yet.
  public static final String UNKNOWN = "unknown";

  /// What a value may be.
  public enum Kind {
    /// A text.
    TEXT("a text"),
    /// A date, or a date with a time, as ISO 8601 writes them.
    DATE("a date such as 2026-01-31 or 2026-01-31T12:00:00Z"),
    /// True or false.
    FLAG("true or false"),
    /// A number from 0.
    COUNT("a number from 0"),
    /// A list.
    LIST("a list");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// The kind for people.
    public String words() {
      return words;
    }
  }

  static TemplateField text(String name, String initial, String meaning) {
    return new TemplateField(name, Kind.TEXT, StrictJson.NODES.stringNode(initial), meaning);
  }

  static TemplateField open(String name, String meaning) {
    return text(name, UNKNOWN, meaning);
  }

  /// Whether a value says nothing yet.
  ///
  /// @param value of a member
  /// @return true for [#UNKNOWN] in any case
  static boolean isOpen(JsonNode value) {
    return value.isString() && value.stringValue().strip().equalsIgnoreCase(UNKNOWN);
  }
}
