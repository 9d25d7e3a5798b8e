package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.fault.Fault;
import java.util.function.Supplier;

/// Where notifications of a running request go, before its reply.
@FunctionalInterface
public interface Outbox {
  /// Sends one message. Blocks while the client is slow to read; drops it when the client is gone.
  ///
  /// @param json UTF-8 without raw newlines
  void send(byte[] json);

  /// Makes the answer a stream at once, before there is anything to send.
  default void open() {
    // where all is one stream anyway
  }

  /// Whether what is sent now reaches the client before the reply does: it takes messages, and is
  /// still there as far as is known.
  default boolean reachesClient() {
    return true;
  }

  /// Waits for somebody else, such as a person: meanwhile this is no work that keeps others out.
  ///
  /// @param wait does the waiting
  /// @return what it gives
  /// @throws Fault when there is no place for the rest of the work in time
  default <T> T away(Supplier<T> wait) {
    return wait.get();
  }

  /// Takes memory for a large result, which is given back when the answer is written.
  ///
  /// @param bytes of an object that the result will hold
  /// @throws Fault when there is none in time
  default void reserve(long bytes) {
    // no bound
  }
}
