package com.quiltdata.mcp.tools.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// Pages of long answers. A cursor says behind which item the next page begins, and marks the
/// question it belongs to, so that it is not used for another one by mistake. It grants nothing.
final class Paging {
  private static final int MAX_LIMIT = 1_000;
  // Paths in packages may be long.
  private static final int MAX_CURSOR_CHARS = 65_536;

  private Paging() {}

  /// A cursor goes on with one listing.
  ///
  /// @param question the arguments that make the listing
  static ArgumentRule oneListing(String... question) {
    return new ArgumentRule.Told(
        Stream.of(question)
            .map("`%s`"::formatted)
            .collect(
                Collectors.joining(
                    ", ", "`cursor` goes with the same ", " as in the call before only")));
  }

  static Parameter limit(int fallback) {
    return Parameter.whole("limit", 1, MAX_LIMIT, "Most items in the answer").or(fallback);
  }

  static Parameter cursor() {
    return Parameter.text("cursor", "next_cursor of the answer before").upTo(MAX_CURSOR_CHARS);
  }

  /// Makes a cursor.
  ///
  /// @param question all that makes two listings different
  /// @param position where the page ended
  static String cursor(String question, String position) {
    byte[] bytes = position.getBytes(UTF_8);
    ByteBuffer text = ByteBuffer.allocate(Integer.BYTES + bytes.length);
    text.putInt(mark(question)).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.array());
  }

  /// Reads the cursor of a call.
  ///
  /// @return the position that it was made of, or empty when the call has none
  static Optional<String> position(Arguments arguments, String question) {
    return arguments.textIfGiven("cursor").map(cursor -> read(cursor, question));
  }

  private static String read(String cursor, String question) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.getInt() == mark(question)) {
        return UTF_8.newDecoder().decode(bytes).toString();
      }
      throw foreign();
    } catch (IllegalArgumentException | BufferUnderflowException | CharacterCodingException e) {
      throw foreign();
    }
  }

  private static int mark(String question) {
    CRC32 sum = new CRC32();
    sum.update(question.getBytes(UTF_8));
    return (int) sum.getValue();
  }

  static Fault foreign() {
    return new Fault(
        FaultCode.INVALID_ARGUMENT,
        "Argument 'cursor' is not the next_cursor of an answer to the same question; leave it out to begin again");
  }
}
