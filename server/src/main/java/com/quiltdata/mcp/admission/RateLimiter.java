package com.quiltdata.mcp.admission;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Holds each of many clients to a rate. Thread-safe, in bounded memory: one number for each client
/// that has asked lately.
///
/// The generic cell rate algorithm (ITU-T I.371): kept is the time at which a client that asks
/// steadily would be due again. When too many clients are kept, all new ones count as one.
public final class RateLimiter {
  static final int MAX_CLIENTS = 10_000;

  /// Never the name of a client, for those have a kind in front.
  private static final String ALL_OTHERS = "";

  private final long pause;
  private final long tolerance;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Long> due = new ConcurrentHashMap<>();
  private final ReentrantLock sweeping = new ReentrantLock();

  /// A limiter that has seen nobody yet.
  ///
  /// @param rate of each client
  /// @param nanoTime a clock that never jumps, as [System#nanoTime()]
  public RateLimiter(Rate rate, LongSupplier nanoTime) {
    this.pause = rate.pause().toNanos();
    this.tolerance = pause * (rate.burst() - 1L);
    this.nanoTime = nanoTime;
  }

  /// Counts one, if it may be done now.
  ///
  /// @param client who asks
  /// @return zero when it was counted, else how long to wait
  public Duration take(String client) {
    long now = nanoTime.getAsLong();
    long[] wait = new long[1];
    due.compute(
        known(client, now),
        (_, kept) -> {
          long next = kept == null || kept - now < 0 ? now : kept;
          wait[0] = Math.max(0, next - now - tolerance);
          return wait[0] == 0 ? Long.valueOf(next + pause) : kept;
        });
    return Duration.ofNanos(wait[0]);
  }

  /// Counts some that were done already: the client waits longer for the next.
  ///
  /// @param client who asked
  /// @param count how many
  public void charge(String client, int count) {
    if (count > 0) {
      long now = nanoTime.getAsLong();
      due.compute(
          known(client, now),
          (_, kept) -> (kept == null || kept - now < 0 ? now : kept) + pause * count);
    }
  }

  private String known(String client, long now) {
    if (due.size() < MAX_CLIENTS || due.containsKey(client)) {
      return client;
    }
    if (sweeping.tryLock()) {
      try {
        due.values().removeIf(kept -> kept - now <= 0);
      } finally {
        sweeping.unlock();
      }
    }
    return due.size() < MAX_CLIENTS ? client : ALL_OTHERS;
  }

  /// How many clients are kept.
  int size() {
    return due.size();
  }
}
