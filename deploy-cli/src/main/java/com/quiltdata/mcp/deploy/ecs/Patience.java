package com.quiltdata.mcp.deploy.ecs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often a wait looks: every five seconds at first, then every ten, and half as often after
/// each look that AWS did not answer, once a minute at least. Not thread-safe.
final class Patience {
  private static final Duration EAGER = Duration.ofSeconds(5);
  private static final Duration EAGER_FOR = Duration.ofSeconds(30);
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// So that many waits do not ask at the same moment.
  private static final double JITTER = 0.2;

  private final RandomGenerator random;
  private int unanswered;

  Patience(RandomGenerator random) {
    this.random = random;
  }

  void answered() {
    unanswered = 0;
  }

  void unanswered() {
    unanswered++;
  }

  /// Looks in a row that AWS did not answer.
  int silence() {
    return unanswered;
  }

  /// How long to wait before the next look.
  ///
  /// @param elapsed since the wait began
  Duration pause(Duration elapsed) {
    Duration usual = elapsed.compareTo(EAGER_FOR) < 0 ? EAGER : USUAL;
    Duration longer = usual.multipliedBy(1L << Math.min(unanswered, 4));
    Duration bounded = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(bounded.toMillis() * factor));
  }
}
