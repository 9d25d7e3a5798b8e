package com.quiltdata.mcp.transport.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// So many requests in work, so many waiting for a moment, the rest sent away: with virtual threads
/// nothing else stops ten thousand calls at once.
final class WorkGate {
  private final int size;
  private final Semaphore places;
  private final int maxWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Duration patience;

  WorkGate(int size, int maxWaiting, Duration patience) {
    this.size = size;
    this.places = new Semaphore(size, true);
    this.maxWaiting = maxWaiting;
    this.patience = patience;
  }

  /// Takes a place.
  ///
  /// @return whether there was one; then [#leave()] gives it back
  boolean enter() throws InterruptedException {
    if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
      return true;
    }
    try {
      return waiting.incrementAndGet() <= maxWaiting
          && places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /// Takes a place, however many wait: for requests that had one before.
  ///
  /// @param longest the longest wait
  /// @return whether there was one
  boolean enter(Duration longest) throws InterruptedException {
    return places.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  void leave() {
    places.release();
  }

  int inWork() {
    return size - places.availablePermits();
  }
}
