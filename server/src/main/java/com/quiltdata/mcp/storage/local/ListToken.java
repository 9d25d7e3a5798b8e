package com.quiltdata.mcp.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.ListRequest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/// Where a page of a listing ended. The next page begins behind it, whatever came or went between.
///
/// @param last the last key or common prefix of the page
/// @param isPrefix whether all keys that begin with it are done
record ListToken(String last, boolean isPrefix) {
  private static final byte FORM = 1;

  /// The token that a request carries, if it carries one.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when it was not made for the same listing
  static Optional<ListToken> of(ListRequest request) {
    return request
        .token()
        .map(text -> {
          try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            boolean isOurs = bytes.get() == FORM && bytes.getInt() == mark(request);
            boolean isPrefix = bytes.get() != 0;
            String last = UTF_8.newDecoder().decode(bytes).toString();
            if (isOurs && last.startsWith(request.prefix())) {
              return new ListToken(last, isPrefix);
            }
            throw foreign();
          } catch (IllegalArgumentException
              | BufferUnderflowException
              | CharacterCodingException notOurs) {
            throw foreign();
          }
        });
  }

  /// The form that travels; it only fits a request of the same bucket, prefix and delimiter.
  String text(ListRequest request) {
    byte[] key = last.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + 1 + key.length);
    bytes.put(FORM).putInt(mark(request)).put((byte) (isPrefix ? 1 : 0)).put(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static int mark(ListRequest request) {
    CRC32 sum = new CRC32();
    String delimiter = request.delimiter().orElse("");
    sum.update(
        (request.bucket() + "/" + delimiter.length() + "/" + delimiter + request.prefix())
            .getBytes(UTF_8));
    return (int) sum.getValue();
  }

  private static Fault foreign() {
    return new Fault(
        FaultCode.INVALID_ARGUMENT,
        "The continuation token does not belong to this listing: give back what the page before"
            + " returned, with the same bucket and prefix");
  }
}
