package com.quiltdata.mcp.tools.buckets;

import com.quiltdata.mcp.storage.ObjectLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What tools say of links to objects.
final class Links {
  static final long MAX_LIFE_SECONDS = Duration.ofDays(7).toSeconds();

  private Links() {}

  /// How long a link still works; empty when it has no end.
  static Optional<Long> secondsLeft(ObjectLink link, Instant now) {
    return link.expiresAt().map(end -> Math.max(0, Duration.between(now, end).toSeconds()));
  }
}
