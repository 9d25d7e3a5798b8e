package com.quiltdata.mcp.protocol;

/// JSON-RPC error codes, with the HTTP status that goes with each when a check before the call's
/// start fails (MCP 2026-07-28, basic/transports).
public enum ErrorCode {
  /// The message is not JSON.
  PARSE_ERROR(-32700, 400),
  /// The message is not one of JSON-RPC.
  INVALID_REQUEST(-32600, 400),
  /// The message is longer than one of its kind may be.
  TOO_LARGE(-32600, 413),
  /// A session id of our own that cannot be used any more: the client begins again.
  SESSION_ENDED(-32600, 404),
  /// There is no such method.
  METHOD_NOT_FOUND(-32601, 404),
  /// The parameters break a rule of the method.
  INVALID_PARAMS(-32602, 400),
  /// The failure is not the message's.
  INTERNAL_ERROR(-32603, 500),
  /// There is no place for one stream more.
  BUSY(-32603, 503),
  /// This caller has as many streams as one may have.
  SHARE_USED_UP(-32603, 429),
  /// A header differs from what it repeats.
  HEADER_MISMATCH(-32020, 400),
  /// The client declared too little.
  MISSING_CLIENT_CAPABILITY(-32021, 400),
  /// The revision is not spoken here.
  UNSUPPORTED_PROTOCOL_VERSION(-32022, 400),
  /// Of revisions up to 2025-11-25 only; later ones say [#INVALID_PARAMS].
  RESOURCE_NOT_FOUND(-32002, 200);

  private final int number;
  private final int httpStatus;

  ErrorCode(int number, int httpStatus) {
    this.number = number;
    this.httpStatus = httpStatus;
  }

  /// The code as it travels.
  public int number() {
    return number;
  }

  /// The status when a check before the call's start fails.
  int httpStatus() {
    return httpStatus;
  }

  /// The status when the call itself ends so, if nothing was streamed before.
  int statusInWork() {
    return switch (this) {
      case MISSING_CLIENT_CAPABILITY, BUSY, SHARE_USED_UP -> httpStatus;
      case PARSE_ERROR,
          INVALID_REQUEST,
          TOO_LARGE,
          SESSION_ENDED,
          METHOD_NOT_FOUND,
          INVALID_PARAMS,
          INTERNAL_ERROR,
          HEADER_MISMATCH,
          UNSUPPORTED_PROTOCOL_VERSION,
          RESOURCE_NOT_FOUND ->
          200;
    };
  }
}
