package com.quiltdata.mcp.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/// Collects one message of the server at a time. Of all buffers that share a turn only one holds a
/// large message. Belongs to one thread.
final class MessageBuffer implements AutoCloseable {
  private static final int LARGE_BYTES = 1 << 20;

  private final int maxBytes;
  private final ReentrantLock turn;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);

  MessageBuffer(int maxBytes, ReentrantLock turn) {
    this.maxBytes = maxBytes;
    this.turn = turn;
  }

  /// Adds bytes.
  ///
  /// @throws TooLongException when the message is over its limit
  /// @throws InterruptedException while it waited for its turn
  void add(byte[] more, int from, int length) throws IOException, InterruptedException {
    if (bytes.size() + length > LARGE_BYTES && !turn.isHeldByCurrentThread()) {
      turn.lockInterruptibly();
    }
    if (bytes.size() + length > maxBytes) {
      throw new TooLongException();
    }
    bytes.write(more, from, length);
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  /// The message so far. The turn lasts until [#clear()].
  byte[] bytes() {
    return bytes.toByteArray();
  }

  /// Begins the next message.
  void clear() {
    if (bytes.size() > LARGE_BYTES) {
      bytes = new ByteArrayOutputStream(1 << 10);
    } else {
      bytes.reset();
    }
    if (turn.isHeldByCurrentThread()) {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    clear();
  }

  /// A message of the server is over the limit.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
