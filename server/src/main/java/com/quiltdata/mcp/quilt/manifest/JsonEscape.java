package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Back-slash escapes inside JSON strings, spelled as Python spells them.
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
}
