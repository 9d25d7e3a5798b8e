package com.quiltdata.mcp.protocol;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The value of `Mcp-Name` and `Mcp-Param-*`, written and read a second time for tests: from the
/// rules (MCP 2026-07-28, basic/transports, and RFC 4648) and with none of the server's code.
final class HeaderValue {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final Pattern ENCODED = Pattern.compile("=\\?base64\\?(.*)\\?=");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

  /// Longer ones are refused.
  private static final int MAX_NUMBER = 64;

  private static final long FARTHEST_SCALE = 2_000;

  private HeaderValue() {}

  /// A text as a client sends it: as it is, or in base64 when a header could not carry it so.
  static String of(String text) {
    boolean isPlain =
        text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)
            && !text.startsWith(" ")
            && !text.endsWith(" ")
            && !ENCODED.matcher(text).matches();
    return isPlain ? text : "=?base64?" + base64(utf8(text)) + "?=";
  }

  /// What a header says.
  ///
  /// @return the text, or empty when it is no such value
  static Optional<String> text(String header) {
    if (!header.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e))) {
      return Optional.empty();
    }
    var encoded = ENCODED.matcher(header);
    return encoded.matches()
        ? bytes(encoded.group(1)).flatMap(HeaderValue::text)
        : Optional.of(header);
  }

  /// Whether a header says the same as an argument.
  static boolean equal(String header, JsonNode argument) {
    Optional<String> text = text(header);
    if (text.isEmpty() || argument.isContainer() || argument.isNull()) {
      return false;
    }
    if (argument.isString()) {
      return text.get().equals(argument.stringValue());
    }
    if (argument.isBoolean()) {
      return text.get().equals(argument.booleanValue() ? "true" : "false");
    }
    return text.get().length() <= MAX_NUMBER
        && NUMBER.matcher(text.get()).matches()
        && number(text.get()).filter(sent -> equal(sent, argument.decimalValue())).isPresent();
  }

  /// Empty for exponents that no number here has.
  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean equal(BigDecimal sent, BigDecimal argument) {
    if (sent.signum() == 0 || Math.abs((long) sent.scale()) > FARTHEST_SCALE) {
      // Too far from any double to be told in digits.
      return sent.signum() == 0 && argument.signum() == 0;
    }
    return sent.subtract(argument).signum() == 0;
  }

  private static byte[] utf8(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(c -> {
          if (c < 0x80) {
            out.write(c);
          } else if (c < 0x800) {
            out.write(0xc0 | (c >> 6));
            out.write(0x80 | (c & 0x3f));
          } else {
            if (c < 0x10000) {
              out.write(0xe0 | (c >> 12));
            } else {
              out.write(0xf0 | (c >> 18));
              out.write(0x80 | ((c >> 12) & 0x3f));
            }
            out.write(0x80 | ((c >> 6) & 0x3f));
            out.write(0x80 | (c & 0x3f));
          }
        });
    return out.toByteArray();
  }

  private static String base64(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 3) {
      int group = 0;
      for (int j = 0; j < 3; j++) {
        group = (group << 8) | (i + j < bytes.length ? bytes[i + j] & 0xff : 0);
      }
      for (int j = 0; j < 4; j++) {
        out.append(i + j <= bytes.length ? ALPHABET.charAt((group >> (18 - 6 * j)) & 0x3f) : '=');
      }
    }
    return out.toString();
  }

  /// Strict: groups of four, padding only where it belongs, no bits that say nothing.
  private static Optional<byte[]> bytes(String base64) {
    if (base64.length() % 4 != 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < base64.length(); i += 4) {
      int padding = base64.startsWith("==", i + 2) ? 2 : base64.startsWith("=", i + 3) ? 1 : 0;
      if (padding > 0 && i + 4 < base64.length()) {
        return Optional.empty();
      }
      int group = 0;
      for (int j = 0; j < 4; j++) {
        int digit = j < 4 - padding ? ALPHABET.indexOf(base64.charAt(i + j)) : 0;
        if (digit < 0) {
          return Optional.empty();
        }
        group = (group << 6) | digit;
      }
      for (int j = 0; j < 3; j++) {
        int next = (group >> (16 - 8 * j)) & 0xff;
        if (j < 3 - padding) {
          out.write(next);
        } else if (next != 0) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(out.toByteArray());
  }

  private static Optional<String> text(byte[] utf8) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < utf8.length) {
      int first = utf8[at] & 0xff;
      int length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      int c = length == 1 ? first : first & (0xff >> (length + 1));
      if ((first >= 0x80 && first < 0xc0) || first >= 0xf8 || at + length > utf8.length) {
        return Optional.empty();
      }
      for (int i = 1; i < length; i++) {
        int next = utf8[at + i] & 0xff;
        if (next >> 6 != 2) {
          return Optional.empty();
        }
        c = (c << 6) | (next & 0x3f);
      }
      int least = List.of(0, 0x80, 0x800, 0x10000).get(length - 1);
      if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
        return Optional.empty();
      }
      out.appendCodePoint(c);
      at += length;
    }
    return Optional.of(out.toString());
  }
}
