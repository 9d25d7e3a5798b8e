package com.quiltdata.mcp.storage;

/// Foreign text inside a message: cut to 80 characters, nothing invisible.
public final class Quoted {
  private static final int MAX_CHARS = 80;

  private Quoted() {}

  /// The text in single quotes, invisible characters as their code in braces, a cut as an ellipsis.
  ///
  /// @param text from a caller or from storage
  /// @return for a message
  public static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_CHARS)
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
    return out.append(text.codePointCount(0, text.length()) > MAX_CHARS ? "…'" : "'").toString();
  }
}
