package com.quiltdata.mcp.transport.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The reading side of one connection, which can tell when the client leaves during a call.
///
/// To notice it somebody has to read. A watch reads one buffer ahead on a thread of its own; bytes
/// that arrive are kept for the parser, and then the client's leaving shows at the next write only.
/// All methods but the reaction run on the connection's thread.
final class WatchedSocket {
  private final HelidonSocket socket;
  private final AtomicReference<@Nullable Runnable> reaction = new AtomicReference<>();
  private volatile boolean ended;
  private @Nullable FutureTask<byte @Nullable []> ahead;

  WatchedSocket(HelidonSocket socket) {
    this.socket = socket;
  }

  /// The next bytes, as soon as there are some.
  ///
  /// @throws CloseConnectionException at the end of the stream, which Helidon takes quietly
  byte[] next() {
    byte[] bytes;
    try {
      FutureTask<byte @Nullable []> pending = ahead;
      ahead = null;
      bytes = pending == null ? socket.get() : pending.get();
    } catch (InterruptedException e) {
      ended = true;
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("interrupted while waiting for the client", e);
    } catch (ExecutionException | RuntimeException e) {
      ended = true;
      throw new CloseConnectionException("the connection broke", e);
    }
    if (bytes == null) {
      ended = true;
      throw new CloseConnectionException("end of stream");
    }
    return bytes;
  }

  /// Nothing more can be read.
  boolean isEnded() {
    return ended;
  }

  /// Runs something once when the client leaves, or when the connection is closed from this side.
  void watch(Runnable newReaction) {
    reaction.set(newReaction);
    if (ahead == null) {
      FutureTask<byte @Nullable []> reading = new FutureTask<>(this::readAhead);
      ahead = reading;
      Thread.ofVirtual().name("http-watch").start(reading);
    } else if (ended) {
      react();
    }
  }

  /// Forgets the reaction. A read that is under way goes on: its bytes belong to the next request.
  void unwatch() {
    reaction.set(null);
  }

  private byte @Nullable [] readAhead() {
    byte[] bytes = null;
    try {
      bytes = socket.get();
      return bytes;
    } finally {
      if (bytes == null) {
        ended = true;
        react();
      }
    }
  }

  private void react() {
    Runnable current = reaction.getAndSet(null);
    if (current != null) {
      current.run();
    }
  }
}
