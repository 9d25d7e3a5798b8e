package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// User metadata as headers: text that no header can hold, or that would not come back as it is,
/// travels as an encoded word of RFC 2047, as S3 itself does it.
final class KeptMetadata {
  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$&'*+.^_`|~-]{1,256}");
  private static final Pattern PLAIN = Pattern.compile("[!-~]([ -~]*[!-~])?");
  private static final String START = "=?UTF-8?B?";
  private static final String END = "?=";
  private static final Pattern WORDS =
      Pattern.compile(
          "=\\?UTF-8\\?[BQ]\\?[!->@-~]*\\?=(\\s+=\\?UTF-8\\?[BQ]\\?[!->@-~]*\\?=)*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD =
      Pattern.compile("=\\?UTF-8\\?([BQ])\\?([!->@-~]*)\\?=", Pattern.CASE_INSENSITIVE);

  private KeptMetadata() {}

  /// The form that travels.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when a name can be no part of a header's name
  static Map<String, String> encoded(Map<String, String> metadata) {
    Map<String, String> headers = new TreeMap<>();
    metadata.forEach((name, value) -> {
      if (!NAME.matcher(name).matches()) {
        throw new Fault(
            FaultCode.INVALID_ARGUMENT,
            "S3 cannot keep metadata named %s: use lower-case letters, digits and hyphens"
                .formatted(Quoted.of(name)));
      }
      boolean isPlain = PLAIN.matcher(value).matches() && !value.startsWith("=?");
      headers.put(
          name,
          isPlain
              ? value
              : START + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)) + END);
    });
    return headers;
  }

  /// What was given when an object was written.
  static Map<String, String> decoded(Map<String, String> headers) {
    Map<String, String> metadata = new TreeMap<>();
    headers.forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), decoded(value)));
    return metadata;
  }

  private static String decoded(String value) {
    if (!WORDS.matcher(value).matches()) {
      return value;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      WORD.matcher(value).results().forEach(word -> bytes.writeBytes(bytes(word)));
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
    return bytes.toString(UTF_8);
  }

  private static byte[] bytes(MatchResult word) {
    String text = word.group(2);
    if (word.group(1).equalsIgnoreCase("B")) {
      return Base64.getDecoder().decode(text);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < text.length()) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c == '_' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }
}
