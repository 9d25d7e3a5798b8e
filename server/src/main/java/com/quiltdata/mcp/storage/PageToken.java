package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/// Where the next page of a listing begins, as it travels: good for requests of the same bucket,
/// prefix and delimiter, and of the same kind of storage.
///
/// @param form which kind of storage made it
/// @param place where, in the words of that storage
/// @param isMarked what that storage wants to know besides
public record PageToken(byte form, String place, boolean isMarked) {

  /// The token that a request carries, if it carries one.
  ///
  /// @param request of a page
  /// @param form of the storage that reads it
  /// @return the token
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when it was not made for the same listing
  public static Optional<PageToken> of(ListRequest request, byte form) {
    return request.token().map(text -> read(text, request, form));
  }

  private static PageToken read(String text, ListRequest request, byte form) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      boolean isOurs = bytes.get() == form && bytes.getInt() == sum(request);
      boolean isMarked = bytes.get() != 0;
      if (isOurs) {
        return new PageToken(form, UTF_8.newDecoder().decode(bytes).toString(), isMarked);
      }
      throw foreign();
    } catch (IllegalArgumentException | BufferUnderflowException | CharacterCodingException _) {
      throw foreign();
    }
  }

  /// The form that travels.
  ///
  /// @param request of the page that ends here
  /// @return letters, digits, `-` and `_`
  public String text(ListRequest request) {
    byte[] encoded = place.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + 1 + encoded.length);
    bytes.put(form).putInt(sum(request)).put((byte) (isMarked ? 1 : 0)).put(encoded);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static int sum(ListRequest request) {
    CRC32 sum = new CRC32();
    String delimiter = request.delimiter().orElse("");
    sum.update(
        (request.bucket() + "/" + delimiter.length() + "/" + delimiter + request.prefix())
            .getBytes(UTF_8));
    return (int) sum.getValue();
  }

  /// The failure of a token that was made for something else.
  public static Fault foreign() {
    return new Fault(
        FaultCode.INVALID_ARGUMENT,
        "The continuation token does not belong to this listing: give back what the page before"
            + " returned, with the same bucket and prefix");
  }
}
