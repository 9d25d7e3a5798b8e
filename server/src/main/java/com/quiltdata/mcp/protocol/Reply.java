package com.quiltdata.mcp.protocol;

import java.util.Map;

/// What a transport sends back.
public sealed interface Reply {
  /// Nothing but the news that it was taken: HTTP 202. At the end of a stream, nothing at all.
  record Accepted() implements Reply {}

  /// One JSON text.
  ///
  /// @param httpStatus the status, if nothing was streamed before
  /// @param json UTF-8 without raw newlines
  /// @param headers what else goes into an HTTP answer, if nothing was streamed before
  record Json(int httpStatus, byte[] json, Map<String, String> headers) implements Reply {
    /// Copies the headers.
    public Json {
      headers = Map.copyOf(headers);
    }

    /// A text that needs no headers.
    ///
    /// @param httpStatus the status, if nothing was streamed before
    /// @param json UTF-8 without raw newlines
    public Json(int httpStatus, byte[] json) {
      this(httpStatus, json, Map.of());
    }
  }
}
