package com.quiltdata.mcp.deploy.console;

/// Texts of others, as a terminal may show them: what would move the cursor, change colors, turn
/// the direction of writing or begin a line of its own becomes a question mark or a space.
public final class Printable {
  private Printable() {}

  /// The same on one line.
  public static String line(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> shown.appendCodePoint(shown(point)));
    return shown.toString();
  }

  private static int shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t' || point == '\r' ? ' ' : '?';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          '?';
      default -> point;
    };
  }

  /// The same in characters that are one column wide each, and no wider than so many columns.
  static String columns(String text, int width) {
    StringBuilder narrow = new StringBuilder(text.length());
    line(text).codePoints().forEach(point -> narrow.append(isNarrow(point) ? (char) point : '?'));
    return narrow.length() <= width ? narrow.toString() : narrow.substring(0, width - 1) + "…";
  }

  private static boolean isNarrow(int point) {
    return point < 0x300 || point == '…';
  }
}
