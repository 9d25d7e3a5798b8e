package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.PageToken;
import java.util.Optional;

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
    return PageToken.of(request, FORM)
        .map(token -> {
          if (token.place().startsWith(request.prefix())) {
            return new ListToken(token.place(), token.isMarked());
          }
          throw PageToken.foreign();
        });
  }

  /// The form that travels.
  String text(ListRequest request) {
    return new PageToken(FORM, last, isPrefix).text(request);
  }
}
