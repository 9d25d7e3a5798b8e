package com.quiltdata.mcp.transport.http;

import io.helidon.webserver.CloseConnectionException;

/// The end of a connection whose client has left.
final class LeftConnection {
  private LeftConnection() {}

  /// Closes the connection without a word in the log.
  static CloseConnectionException closed() {
    return new CloseConnectionException("the client left");
  }
}
