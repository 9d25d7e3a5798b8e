package com.quiltdata.mcp.transport.http;

import java.time.Duration;

/// When the last request came that was not a probe.
final class Traffic {
  private volatile long last = System.nanoTime();

  void noticed() {
    last = System.nanoTime();
  }

  boolean hasBeenQuietFor(Duration span) {
    return System.nanoTime() - last >= span.toNanos();
  }
}
