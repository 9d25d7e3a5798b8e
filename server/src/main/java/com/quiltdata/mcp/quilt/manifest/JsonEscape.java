package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Back-slash escapes inside JSON strings, spelled as Python spells them, and what needs one.
final class JsonEscape {
  /// The most bytes of one: a back-slash, `u` and four digits.
  static final int MAX_BYTES = 6;

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private JsonEscape() {}

  /// Writes the escape of one UTF-16 unit.
  ///
  /// @param c what to escape
  /// @param block takes it; has room for [#MAX_BYTES]
  /// @param start where in the block
  /// @return where the escape ends
  static int put(char c, byte[] block, int start) {
    int at = start;
    block[at++] = '\\';
    switch (c) {
      case '"', '\\' -> block[at++] = (byte) c;
      case '\n' -> block[at++] = 'n';
      case '\r' -> block[at++] = 'r';
      case '\t' -> block[at++] = 't';
      case '\b' -> block[at++] = 'b';
      case '\f' -> block[at++] = 'f';
      default -> {
        block[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          block[at++] = HEX[c >> shift & 0xf];
        }
      }
    }
    return at;
  }

  /// Finds the first byte that has to be escaped wherever it stands in JSON: a control character, a
  /// quote or a back-slash.
  ///
  /// @return its place, or the length when there is none
  static int find(byte[] utf8, int start) {
    int at = start;
    for (; at + EightBytes.COUNT <= utf8.length; at += EightBytes.COUNT) {
      long found = special(EightBytes.at(utf8, at));
      if (found != 0) {
        return at + EightBytes.first(found);
      }
    }
    while (at < utf8.length && !isSpecial(utf8[at])) {
      at++;
    }
    return at;
  }

  /// Whether a text is ASCII of which nothing has to be escaped.
  static boolean isPlain(byte[] utf8) {
    int at = 0;
    for (; at + EightBytes.COUNT <= utf8.length; at += EightBytes.COUNT) {
      long word = EightBytes.at(utf8, at);
      if ((special(word) | EightBytes.notAscii(word)) != 0) {
        return false;
      }
    }
    while (at < utf8.length && utf8[at] >= 0 && utf8[at] != 0x7f && !isSpecial(utf8[at])) {
      at++;
    }
    return at == utf8.length;
  }

  private static long special(long word) {
    return EightBytes.controls(word) | EightBytes.equal(word, '"') | EightBytes.equal(word, '\\');
  }

  private static boolean isSpecial(byte b) {
    return (b >= 0 && b < ' ') || b == '"' || b == '\\';
  }
}
