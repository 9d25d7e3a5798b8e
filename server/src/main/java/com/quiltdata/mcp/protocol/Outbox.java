package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.fault.Fault;

/// Where notifications of a running request go, before its reply.
@FunctionalInterface
public interface Outbox {
  /// Sends one message. Blocks while the client is slow to read; drops it when the client is gone.
  ///
  /// @param json UTF-8 without raw newlines
  void send(byte[] json);

  /// Takes memory for a large result, which is given back when the answer is written.
  ///
  /// @param bytes of an object that the result will hold
  /// @throws Fault when there is none in time
  default void reserve(long bytes) {
    // no bound
  }
}
