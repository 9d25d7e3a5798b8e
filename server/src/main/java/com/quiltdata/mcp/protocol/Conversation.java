package com.quiltdata.mcp.protocol;

/// What the connection of a single client remembers, on transports where nothing is repeated with
/// every message: the revision that its `initialize` agreed on. Thread-safe.
public final class Conversation {
  private volatile ProtocolVersion version = ProtocolVersion.ASSUMED;

  /// The revision of messages that do not tell it themselves.
  ProtocolVersion version() {
    return version;
  }

  void agreeOn(ProtocolVersion agreed) {
    version = agreed;
  }
}
