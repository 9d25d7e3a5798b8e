package com.quiltdata.mcp.observe;

/// Characters that a terminal or a log viewer may obey instead of showing: controls, line
/// separators, bidi and invisible format characters, halves of surrogate pairs.
final class Unprintable {
  private Unprintable() {}

  static boolean is(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
