package com.quiltdata.mcp.protocol;

/// Where notifications of a running request go, before its reply.
@FunctionalInterface
public interface Outbox {
  /// Sends one message. Blocks while the client is slow to read; drops it when the client is gone.
  ///
  /// @param json UTF-8 without raw newlines
  void send(byte[] json);
}
