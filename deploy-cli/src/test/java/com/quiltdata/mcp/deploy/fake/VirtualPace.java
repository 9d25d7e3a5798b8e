package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.ecs.Pace;
import java.time.Duration;
import java.time.Instant;

/// Time that passes only while somebody waits.
public final class VirtualPace implements Pace {
  /// When every story begins.
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = BEGIN;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration time) {
    now = now.plus(time);
  }

  /// How long it has been.
  public synchronized Duration elapsed() {
    return Duration.between(BEGIN, now);
  }
}
