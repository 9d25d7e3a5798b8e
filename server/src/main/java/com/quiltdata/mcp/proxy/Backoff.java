package com.quiltdata.mcp.proxy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Pauses that double, each cut by up to a half at random so that many clients do not come back at
/// the same moment.
final class Backoff {
  private final Patience patience;
  private final long end;
  private Duration next;

  Backoff(Patience patience) {
    this.patience = patience;
    this.next = patience.first();
    this.end = System.nanoTime() + patience.total().toNanos();
  }

  /// Waits.
  ///
  /// @param atLeast what the server asked for
  /// @return false, without waiting, when patience would end before the wait
  boolean pause(Duration atLeast) throws InterruptedException {
    Duration pause = next();
    pause = pause.compareTo(atLeast) < 0 ? atLeast : pause;
    if (System.nanoTime() + pause.toNanos() - end > 0) {
      return false;
    }
    Thread.sleep(pause);
    return true;
  }

  /// Waits, however long it has been.
  void pauseAnyway(Duration atLeast) throws InterruptedException {
    Duration pause = next();
    Thread.sleep(pause.compareTo(atLeast) < 0 ? atLeast : pause);
  }

  private Duration next() {
    Duration full = next;
    Duration doubled = full.multipliedBy(2);
    next = doubled.compareTo(patience.longest()) > 0 ? patience.longest() : doubled;
    long half = full.toNanos() / 2;
    return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
  }
}
