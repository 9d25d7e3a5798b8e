package com.quiltdata.mcp.json;

import tools.jackson.databind.JsonNode;

/// JSON text in which nothing hides: format characters, direction marks, tags, odd line ends and
/// the like stand there as `\\uXXXX`. It still says the same; only who reads the raw text, a model
/// or an operator, sees what there is.
public final class VisibleJson {
  private static final int ESCAPE = 6;

  /// DEL; JSON itself escapes what is below the blank.
  private static final int FIRST_HIDDEN = 0x7f;

  private VisibleJson() {}

  /// Escapes what is invisible.
  ///
  /// @param json compact JSON, so that such characters stand in strings only
  /// @return the same JSON
  public static String of(String json) {
    int at = 0;
    while (at < json.length() && json.charAt(at) < FIRST_HIDDEN) {
      at++;
    }
    while (at < json.length() && !isInvisible(json.codePointAt(at))) {
      at += Character.charCount(json.codePointAt(at));
    }
    if (at == json.length()) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 64).append(json, 0, at);
    while (at < json.length()) {
      int c = json.codePointAt(at);
      if (isInvisible(c)) {
        for (char unit : Character.toChars(c)) {
          out.append("\\u%04x".formatted((int) unit));
        }
      } else {
        out.appendCodePoint(c);
      }
      at += Character.charCount(c);
    }
    return out.toString();
  }

  /// How long a value is as such text.
  ///
  /// @param node the value
  /// @return bytes in UTF-8
  public static long bytes(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        long sum = 2L + Math.max(0, node.size() - 1);
        for (var member : node.properties()) {
          sum += bytes(member.getKey()) + 1 + bytes(member.getValue());
        }
        yield sum;
      }
      case ARRAY -> {
        long sum = 2L + Math.max(0, node.size() - 1);
        for (JsonNode item : node) {
          sum += bytes(item);
        }
        yield sum;
      }
      case STRING -> bytes(node.stringValue());
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> node.toString().length();
    };
  }

  /// How long a text is as a string of such JSON, quotes included.
  ///
  /// @param text the text
  /// @return bytes in UTF-8
  public static long bytes(String text) {
    long sum = 2;
    int at = 0;
    while (at < text.length()) {
      char unit = text.charAt(at);
      if (unit >= ' ' && unit < FIRST_HIDDEN) {
        sum += unit == '"' || unit == '\\' ? 2 : 1;
        at++;
        continue;
      }
      int c = text.codePointAt(at);
      int units = Character.charCount(c);
      sum += isInvisible(c) ? (long) ESCAPE * units : visible(c);
      at += units;
    }
    return sum;
  }

  private static int visible(int c) {
    if (c < 0x20) {
      // \b \t \n \f \r have a short form
      return c >= 0x8 && c <= 0xd && c != 0xb ? 2 : ESCAPE;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /// Whether JSON leaves a character raw that no eye sees. Characters below the blank are escaped
  /// by JSON itself.
  ///
  /// @param c a code point
  /// @return true when it needs an escape to be seen
  public static boolean isInvisible(int c) {
    if (c < FIRST_HIDDEN) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // The tags' plane, fillers that print nothing, and the joiner of graphemes.
      default ->
          (c >= 0xe0000 && c <= 0xe0fff)
              || c == 0x034f
              || c == 0x115f
              || c == 0x1160
              || c == 0x3164
              || c == 0xffa0;
    };
  }
}
