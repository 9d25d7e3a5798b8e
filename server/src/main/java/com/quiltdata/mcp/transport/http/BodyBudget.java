package com.quiltdata.mcp.transport.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// So many bytes of request bodies in memory at once, taken before they are read: a few dozen large
/// ones would otherwise end the process. Small bodies are free, their number is bounded by that of
/// the connections. Thread-safe.
final class BodyBudget {
  /// What a body may have without being counted.
  static final int FREE_BYTES = 64 << 10;

  private static final int TOTAL_BYTES = 48 << 20;
  private static final int UNIT = 1 << 10;

  private final int total;
  private final Semaphore units;
  private final Duration patience;

  /// A budget of 48 MiB, or of one body if that may be longer.
  ///
  /// @param longestBody the limit of one body
  /// @param patience the longest wait for a share
  BodyBudget(int longestBody, Duration patience) {
    this.total = units(Math.max(TOTAL_BYTES, longestBody));
    this.units = new Semaphore(total, true);
    this.patience = patience;
  }

  /// Takes a share.
  ///
  /// @return whether there was one; then [#give(int)] gives it back
  boolean take(int bytes) throws InterruptedException {
    return units.tryAcquire(
        Math.min(total, units(bytes)), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  void give(int bytes) {
    units.release(Math.min(total, units(bytes)));
  }

  private static int units(int bytes) {
    return Math.ceilDiv(bytes, UNIT);
  }
}
