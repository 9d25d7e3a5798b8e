package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Text in URIs, as Signature Version 4 wants it: the bytes of UTF-8, all but ASCII letters,
/// digits, `-`, `.`, `_` and `~` as `%XX`.
final class UriText {
  private static final String HEX = "0123456789ABCDEF";

  private UriText() {}

  static String of(String text) {
    return encode(text, false);
  }

  /// The same; a slash stays.
  static String ofPath(String text) {
    return encode(text, true);
  }

  private static String encode(String text, boolean isPath) {
    int plain = 0;
    while (plain < text.length() && isKept(text.charAt(plain), isPath)) {
      plain++;
    }
    return plain == text.length()
        ? text
        : text.substring(0, plain) + encoded(text.substring(plain), isPath);
  }

  private static String encoded(String text, boolean isPath) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte one : text.getBytes(UTF_8)) {
      if (isKept(one, isPath)) {
        out.append((char) one);
      } else {
        out.append('%').append(HEX.charAt((one >> 4) & 0xf)).append(HEX.charAt(one & 0xf));
      }
    }
    return out.toString();
  }

  private static boolean isKept(int c, boolean isPath) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~'
        || (isPath && c == '/');
  }
}
