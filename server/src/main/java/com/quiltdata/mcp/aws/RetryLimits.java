package com.quiltdata.mcp.aws;

import java.time.Duration;

/// How often and how fast an AWS service is asked again. Pauses are random, from nothing up to what
/// doubles with each attempt.
///
/// @param attempts of one call, the first included
/// @param firstPause longest pause before the second
/// @param longestPause of any
public record RetryLimits(int attempts, Duration firstPause, Duration longestPause) {
  /// The documented values.
  public static RetryLimits defaults() {
    return new RetryLimits(3, Duration.ofMillis(100), Duration.ofSeconds(2));
  }
}
