package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.tool.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Pages of long answers. A cursor says behind which item the next page begins, and of which
/// listing, so that it cannot be used for another one by mistake. It grants nothing.
final class Paging {
  private static final int MAX_LIMIT = 1_000;

  private Paging() {}

  static Parameter limit(int fallback) {
    return Parameter.whole("limit", 1, MAX_LIMIT, "Most items in the answer").or(fallback);
  }

  static Parameter cursor() {
    return Parameter.text("cursor", "next_cursor of the answer before");
  }

  /// Makes a cursor.
  static String cursor(String listing, String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((listing + "\n" + last).getBytes(StandardCharsets.UTF_8));
  }

  /// Reads a cursor.
  ///
  /// @return behind which item to go on
  static Optional<String> behind(Optional<String> cursor, String listing) {
    return cursor.map(text -> read(text, listing));
  }

  private static String read(String cursor, String listing) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
              .toString();
      if (text.startsWith(listing + "\n")) {
        return text.substring(listing.length() + 1);
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // refused below like a cursor of another listing
    }
    throw new Fault(
        FaultCode.INVALID_ARGUMENT,
        "Argument 'cursor' is not the next_cursor of an answer to the same question; leave it out to begin again");
  }
}
