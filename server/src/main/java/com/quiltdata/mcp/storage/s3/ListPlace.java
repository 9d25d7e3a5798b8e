package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.PageToken;
import java.util.Optional;

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
    return PageToken.of(request, FORM).map(token -> new ListPlace(token.place(), token.isMarked()));
  }

  /// The form that travels.
  String text(ListRequest request) {
    return new PageToken(FORM, text, isKey).text(request);
  }
}
