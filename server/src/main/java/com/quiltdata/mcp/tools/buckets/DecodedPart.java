package com.quiltdata.mcp.tools.buckets;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A part of an object as text. A character that the end of the part cuts in two is left for the
/// next part.
///
/// @param text the whole characters
/// @param length how many bytes they were made of
record DecodedPart(String text, int length) {
  /// The text of a part; bytes that are none in this encoding are replaced.
  static DecodedPart of(ObjectPart part, Charset charset) {
    return decode(
            part,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE))
        .orElseThrow();
  }

  /// The text of a part that is UTF-8, or empty when it is not.
  static Optional<DecodedPart> ofUtf8(ObjectPart part) {
    return decode(part, StandardCharsets.UTF_8.newDecoder())
        .filter(decoded -> decoded.length() > 0 || part.isLast());
  }

  private static Optional<DecodedPart> decode(ObjectPart part, CharsetDecoder decoder) {
    ByteBuffer in = ByteBuffer.wrap(part.bytes());
    CharBuffer out =
        CharBuffer.allocate(
            (int) Math.ceil(part.bytes().length * (double) decoder.maxCharsPerByte()) + 2);
    if (decoder.decode(in, out, part.isLast()).isError()) {
      return Optional.empty();
    }
    if (part.isLast()) {
      decoder.flush(out);
    }
    return Optional.of(new DecodedPart(out.flip().toString(), in.position()));
  }
}
