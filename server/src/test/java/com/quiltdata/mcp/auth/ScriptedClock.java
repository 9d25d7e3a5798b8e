package com.quiltdata.mcp.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is told to move.
public final class ScriptedClock implements InstantSource {
  private volatile Instant now;

  /// A clock.
  public ScriptedClock(Instant now) {
    this.now = now;
  }

  /// Moves to a time.
  public void set(Instant instant) {
    now = instant;
  }

  /// Moves on.
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
