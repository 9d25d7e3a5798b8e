package com.quiltdata.mcp.admission;

import java.time.Duration;

/// How often something may be done.
///
/// @param pause between two, in the long run
/// @param burst how many may come at once after a quiet time
public record Rate(Duration pause, int burst) {
  /// Checks both.
  public Rate {
    if (!pause.isPositive()) {
      throw new IllegalArgumentException("the pause of a rate is not positive: " + pause);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("the burst of a rate is not positive: " + burst);
    }
  }

  /// So many a second.
  ///
  /// @param count how many, 1 to 1,000,000
  /// @param burst how many may come at once
  /// @return the rate
  public static Rate perSecond(int count, int burst) {
    return new Rate(Duration.ofSeconds(1).dividedBy(count), burst);
  }

  /// So many a minute, all of which may come at once.
  ///
  /// @param count how many, 1 to 1,000,000
  /// @return the rate
  public static Rate perMinute(int count) {
    return new Rate(Duration.ofMinutes(1).dividedBy(count), count);
  }
}
