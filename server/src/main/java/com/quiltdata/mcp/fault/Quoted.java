package com.quiltdata.mcp.fault;

/// Foreign text inside a message: cut to 80 characters, nothing invisible.
public final class Quoted {
  private static final int MAX_CHARS = 80;

  private Quoted() {}

  /// The text in single quotes, invisible characters as their code in braces, a cut as an ellipsis.
  ///
  /// @param text from a caller or from storage
  /// @return for a message
  public static String of(String text) {
    int end =
        text.offsetByCodePoints(0, Math.min(MAX_CHARS, text.codePointCount(0, text.length())));
    return "'%s%s'".formatted(visible(text.substring(0, end)), end < text.length() ? "…" : "");
  }

  /// The text as it is, invisible characters as their code in braces. For what a message must name
  /// in full, and that has a limit of its own.
  ///
  /// @param text for example the URI of an object
  /// @return for a message
  public static String visible(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || Character.getType(c) == Character.SURROGATE
              || Character.getType(c) == Character.LINE_SEPARATOR
              || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
            out.append("\\u{%x}".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}
