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
  private static final int KEPT_FOR_EACH_RUNNING = 128;

  /// Checks what clients are told: times in whole milliseconds.
  public TaskLimits {
    if (life.toMillis() < 1 || pollInterval.toMillis() < 1 || runTime.isNegative()) {
      throw new IllegalArgumentException("times of tasks are at least a millisecond");
    }
  }

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

  /// How many there may be for all clients, those included that have ended and can be asked for.
  long kept() {
    return (long) KEPT_FOR_EACH_RUNNING * running;
  }

  /// The same for one caller.
  long keptOfOne() {
    return (long) KEPT_FOR_EACH_RUNNING * runningOfOne;
  }

  /// All results of one caller, together: no one takes the room of all, unless there is but one.
  long resultBytesOfOne() {
    return runningOfOne < running ? resultBytes / 2 : resultBytes;
  }

  /// The longest life that a client is ever told.
  Duration longestLife() {
    Duration late = runTime.plus(afterEnd);
    return late.compareTo(life) > 0 ? late : life;
  }
}
