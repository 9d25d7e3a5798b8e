package com.quiltdata.mcp.upstream;

import java.time.Duration;

/// What one service may be asked by all callers together.
///
/// @param connections at once
/// @param connectionWait longest wait for one of them
/// @param retryPercent second and further attempts, in hundredths of the calls
/// @param breaker when it is left alone
public record UpstreamLimits(
    int connections, Duration connectionWait, int retryPercent, BreakerLimits breaker) {
  /// Checks each.
  public UpstreamLimits {
    if (connections < 1 || !connectionWait.isPositive()) {
      throw new IllegalArgumentException("there is a connection, and a wait for it");
    }
    if (retryPercent < 0 || retryPercent > 100) {
      throw new IllegalArgumentException("no share of attempts: " + retryPercent);
    }
  }
}
