package com.quiltdata.mcp.replica;

/// Which way something sealed travels: one cannot be passed off as the other.
enum Direction {
  /// To the replica that is asked or told.
  REQUEST(0),
  /// Back from it.
  RESPONSE(1);

  private final byte code;

  Direction(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }
}
