package com.quiltdata.mcp.auth;

import java.util.Base64;

/// Base64url as JSON Web Signature demands it (RFC 7515 section 2): no padding, no other character,
/// and only the one spelling that an encoder makes.
final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /// Reads one part of a token.
  ///
  /// @throws RefusedToken when it has another spelling
  static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw RefusedToken.because("a part is not base64url");
    }
    // The JDK takes padding, and any value in the bits that the last character has to spare.
    if (!encode(bytes).equals(text)) {
      throw RefusedToken.because("a part is not canonical base64url");
    }
    return bytes;
  }
}
