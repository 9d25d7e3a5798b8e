package com.quiltdata.mcp.protocol;

/// JSON-RPC error codes, with the HTTP status that goes with each when a check before the call's
/// start fails (MCP 2026-07-28, basic/transports).
enum ErrorCode {
  PARSE_ERROR(-32700, 400),
  INVALID_REQUEST(-32600, 400),
  METHOD_NOT_FOUND(-32601, 404),
  INVALID_PARAMS(-32602, 400),
  INTERNAL_ERROR(-32603, 500),
  HEADER_MISMATCH(-32020, 400),
  MISSING_CLIENT_CAPABILITY(-32021, 400),
  UNSUPPORTED_PROTOCOL_VERSION(-32022, 400),
  /// Of revisions up to 2025-11-25 only; later ones say [#INVALID_PARAMS].
  RESOURCE_NOT_FOUND(-32002, 200);

  private final int number;
  private final int httpStatus;

  ErrorCode(int number, int httpStatus) {
    this.number = number;
    this.httpStatus = httpStatus;
  }

  int number() {
    return number;
  }

  int httpStatus() {
    return httpStatus;
  }
}
