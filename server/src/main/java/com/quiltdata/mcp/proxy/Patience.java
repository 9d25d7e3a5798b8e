package com.quiltdata.mcp.proxy;

import java.time.Duration;

/// How long, and how often, a server is tried that cannot be reached.
///
/// @param first pause
/// @param longest pause
/// @param total time from the first failure until it is given up
public record Patience(Duration first, Duration longest, Duration total) {
  static final Patience DEFAULT =
      new Patience(Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(30));

  /// Checks the order.
  public Patience {
    if (!first.isPositive() || first.compareTo(longest) > 0 || total.isNegative()) {
      throw new IllegalArgumentException("pauses are positive, the first one the shortest");
    }
  }
}
