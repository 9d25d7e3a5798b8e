package com.quiltdata.mcp.storage.s3;

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

/// Where the next page of a listing begins: at a token of S3, or behind a key.
///
/// @param text the token or the key
/// @param isKey whether it is a key
record ListPlace(String text, boolean isKey) {
  private static final byte FORM = 2;

  static ListPlace at(String token) {
    return new ListPlace(token, false);
  }

  static ListPlace after(String key) {
    return new ListPlace(key, true);
  }

  /// The place that a request names, if it names one.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when it was not made for the same listing
  static Optional<ListPlace> of(ListRequest request) {
    return request
        .token()
        .map(text -> {
          try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            boolean isOurs = bytes.get() == FORM && bytes.getInt() == mark(request);
            boolean isKey = bytes.get() != 0;
            if (isOurs) {
              return new ListPlace(UTF_8.newDecoder().decode(bytes).toString(), isKey);
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
    byte[] place = text.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + 1 + place.length);
    bytes.put(FORM).putInt(mark(request)).put((byte) (isKey ? 1 : 0)).put(place);
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
