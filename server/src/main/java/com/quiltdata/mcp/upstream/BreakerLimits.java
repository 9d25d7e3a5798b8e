package com.quiltdata.mcp.upstream;

import java.time.Duration;

/// When a service that fails is left alone.
///
/// @param failurePercent share of the requests from which on it is
/// @param leastRequests fewer within the window decide nothing
/// @param window over which requests are counted, whole seconds
/// @param pause until one request tries again
public record BreakerLimits(
    int failurePercent, int leastRequests, Duration window, Duration pause) {
  /// Checks each.
  public BreakerLimits {
    if (failurePercent < 1 || failurePercent > 100) {
      throw new IllegalArgumentException("no share of failures: " + failurePercent);
    }
    if (leastRequests < 1 || window.toSeconds() < 1 || !pause.isPositive()) {
      throw new IllegalArgumentException("limits of a breaker are positive");
    }
  }

  /// The documented values.
  public static BreakerLimits defaults() {
    return new BreakerLimits(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5));
  }
}
