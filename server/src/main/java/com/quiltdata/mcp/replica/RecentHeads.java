package com.quiltdata.mcp.replica;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;

/// The heads of the requests that were taken lately: each is taken once. Thread-safe.
///
/// Bounded: when very many come, the oldest are forgotten, and could be replayed until their time
/// is up.
final class RecentHeads {
  private final int max;
  private final Duration kept;
  private final LinkedHashMap<ByteBuffer, Instant> seen = new LinkedHashMap<>();

  RecentHeads(int max, Duration kept) {
    this.max = max;
    this.kept = kept;
  }

  /// Takes note of a head.
  ///
  /// @return false when it was noted before
  synchronized boolean isFirst(byte[] head, Instant now) {
    Iterator<Instant> times = seen.values().iterator();
    while (times.hasNext() && times.next().isBefore(now.minus(kept))) {
      times.remove();
    }
    if (seen.putIfAbsent(ByteBuffer.wrap(head), now) != null) {
      return false;
    }
    if (seen.size() > max) {
      seen.pollFirstEntry();
    }
    return true;
  }

  synchronized int size() {
    return seen.size();
  }
}
