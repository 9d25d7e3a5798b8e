package com.quiltdata.mcp.app;

/// Whom the server is for; see decision record 0004.
public enum Mode {
  /// The person at this machine: loopback address or stdio, no secret, no token.
  LOCAL,
  /// A developer of clients: loopback address and a secret, tokens needed.
  DEVELOPMENT,
  /// Others: any other address, a real secret, tokens needed.
  PRODUCTION
}
