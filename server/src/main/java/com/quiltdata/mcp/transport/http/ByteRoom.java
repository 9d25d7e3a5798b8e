package com.quiltdata.mcp.transport.http;

import java.util.concurrent.atomic.AtomicLong;

/// So many bytes that all requests may keep in memory together. Nobody waits for room: whoever
/// waits holds a part already, and two that wait for each other would never end. Thread-safe.
final class ByteRoom {
  private final long size;
  private final AtomicLong taken = new AtomicLong();

  ByteRoom(long size) {
    this.size = size;
  }

  /// Takes room, if there is enough.
  ///
  /// @return whether there was; then [#leave(long)] gives it back
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= size) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void leave(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
