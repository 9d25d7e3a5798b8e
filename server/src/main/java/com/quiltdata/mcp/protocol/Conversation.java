package com.quiltdata.mcp.protocol;

import java.util.Optional;

/// What the connection of a single client remembers, on transports where nothing is repeated with
/// every message: what its `initialize` agreed on. Thread-safe.
public final class Conversation {
  private volatile Optional<Session> session = Optional.empty();

  Optional<Session> session() {
    return session;
  }

  void agreeOn(Session agreed) {
    session = Optional.of(agreed);
  }
}
