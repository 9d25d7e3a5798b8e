package com.quiltdata.mcp.quilt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// Percent-encoding as Python's `urllib.parse` does it, which is what manifests hold.
final class PercentCoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentCoding() {}

  /// Encodes everything but `A-Z a-z 0-9 _ . - ~` and the characters that are named safe.
  static String encode(String text, String safe) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || safe.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  /// Encodes a value of a query as HTML forms do: a blank becomes a plus.
  static String encodeForm(String text) {
    return encode(text, " ").replace(' ', '+');
  }

  /// Decodes once. A percent sign without two digits behind it stands for itself, as in Python.
  ///
  /// @throws Fault [FaultCode#INVALID_S3_URI] when the bytes are not UTF-8
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new Fault(FaultCode.INVALID_S3_URI, "Percent-encoded text in a URI is not UTF-8", e);
    }
  }

  /// Decodes a value of a query: a plus stands for a blank.
  static String decodeForm(String text) {
    return decode(text.replace('+', ' '));
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-'
        || c == '~';
  }
}
