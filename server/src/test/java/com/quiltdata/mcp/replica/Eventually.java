package com.quiltdata.mcp.replica;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what others bring about.
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Eventually() {}

  /// Looks again and again until it is so; fails when it is not within a generous limit.
  public static void until(String what, BooleanSupplier isSo) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come about within %s: %s".formatted(LIMIT, what));
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
