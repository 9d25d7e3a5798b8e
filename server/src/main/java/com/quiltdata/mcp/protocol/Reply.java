package com.quiltdata.mcp.protocol;

/// What a transport sends back.
public sealed interface Reply {
  /// Nothing but the news that it was taken: HTTP 202.
  record Accepted() implements Reply {}

  /// One JSON text.
  ///
  /// @param httpStatus the status, if nothing was streamed before
  /// @param json UTF-8 without raw newlines
  record Json(int httpStatus, byte[] json) implements Reply {}
}
