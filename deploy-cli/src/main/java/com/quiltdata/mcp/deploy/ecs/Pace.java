package com.quiltdata.mcp.deploy.ecs;

import java.time.Duration;
import java.time.InstantSource;

/// The time in which a command waits: real, or made by a test.
public interface Pace extends InstantSource {

  /// Waits.
  ///
  /// @throws InterruptedException when somebody presses Ctrl-C
  void sleep(Duration time) throws InterruptedException;

  /// The time of this machine.
  Pace REAL =
      new Pace() {
        @Override
        public java.time.Instant instant() {
          return java.time.Instant.now();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time);
        }
      };

  /// The same time, made faster: all waits are shorter by a factor.
  ///
  /// @param factor from 1
  default Pace faster(double factor) {
    Pace base = this;
    java.time.Instant begin = instant();
    return new Pace() {
      @Override
      public java.time.Instant instant() {
        Duration passed = Duration.between(begin, base.instant());
        return begin.plusMillis(Math.round(passed.toMillis() * factor));
      }

      @Override
      public void sleep(Duration time) throws InterruptedException {
        base.sleep(Duration.ofMillis(Math.max(1, Math.round(time.toMillis() / factor))));
      }
    };
  }
}
