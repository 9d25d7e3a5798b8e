package com.quiltdata.mcp.task;

import java.time.Duration;

/// How long and how many tasks there may be.
///
/// @param life how long a task can be asked for, from its beginning
/// @param afterEnd how long its result can be asked for, at least
/// @param runTime how long it may take, waiting for answers included
/// @param pollInterval how often a client should ask
/// @param running at once, for all clients
/// @param runningOfOne the same for one caller
/// @param resultBytes all results that are kept, together
public record TaskLimits(
    Duration life,
    Duration afterEnd,
    Duration runTime,
    Duration pollInterval,
    int running,
    int runningOfOne,
    long resultBytes) {
  /// The documented values.
  public static TaskLimits defaults() {
    return new TaskLimits(
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofSeconds(1),
        64,
        8,
        16L << 20);
  }
}
