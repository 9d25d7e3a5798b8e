package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.concurrent.Heartbeat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Interrupts the thread that made it when nothing has been heard for too long.
final class Watch implements AutoCloseable {
  private final Heartbeat heartbeat;
  private final Runnable listener = this::look;
  private final Thread thread = Thread.currentThread();
  private volatile long heard = System.nanoTime();
  private volatile Duration silence;
  private boolean hasExpired;
  private boolean isClosed;

  Watch(Heartbeat heartbeat, Duration silence) {
    this.heartbeat = heartbeat;
    this.silence = silence;
    heartbeat.register(listener);
  }

  /// The same bytes; each read counts as something heard.
  InputStream over(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int b = in.read();
        heard = System.nanoTime();
        return b;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        heard = System.nanoTime();
        return count;
      }
    };
  }

  /// From now on waits for this long only.
  void shorten(Duration newSilence) {
    silence = newSilence;
    heard = System.nanoTime();
  }

  private synchronized void look() {
    if (!isClosed && !hasExpired && System.nanoTime() - heard > silence.toNanos()) {
      hasExpired = true;
      thread.interrupt();
    }
  }

  /// Whether it interrupted the thread.
  synchronized boolean hasExpired() {
    return hasExpired;
  }

  /// Ends it; an interruption of its own is taken back.
  @Override
  public void close() {
    heartbeat.unregister(listener);
    synchronized (this) {
      isClosed = true;
      if (hasExpired) {
        Thread.interrupted();
      }
    }
  }
}
