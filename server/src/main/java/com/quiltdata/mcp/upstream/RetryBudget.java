package com.quiltdata.mcp.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/// How many second and further attempts a service gets: a share of the calls, and ten more that are
/// saved up while all goes well. So a service that fails for all gets hardly more requests than one
/// that does not. Thread-safe.
public final class RetryBudget {
  private static final int ATTEMPT = 100;
  private static final int MOST = 10 * ATTEMPT;

  private final int percent;
  private final AtomicInteger saved = new AtomicInteger(MOST);

  RetryBudget(int percent) {
    this.percent = percent;
  }

  /// Counts a call.
  public void called() {
    saved.updateAndGet(before -> Math.min(MOST, before + percent));
  }

  /// Takes one attempt.
  ///
  /// @return whether there is one; if not, the failure stands
  public boolean take() {
    return percent > 0
        && saved.getAndUpdate(left -> left < ATTEMPT ? left : left - ATTEMPT) >= ATTEMPT;
  }
}
