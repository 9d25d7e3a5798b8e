package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.transport.http.ConnectionGuard.Phase;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The connections that are open, and the rule for one too many: the connection that has waited
/// longest for its client gives way, so that idle or slow clients cannot lock out a health probe.
final class OpenConnections {
  /// By this much a body under way counts as younger than it is: more would be lost with it.
  private static final long BODY_BONUS = Duration.ofSeconds(5).toNanos();

  /// By age alone: the youngest has perhaps sent its request already, only nobody has looked yet.
  private static final Comparator<ConnectionGuard> LONGEST_WAITING =
      (a, b) -> Long.signum(waitingSince(a) - waitingSince(b));

  private final int limit;
  private final Set<ConnectionGuard> open = ConcurrentHashMap.newKeySet();

  OpenConnections(int limit) {
    this.limit = limit;
  }

  /// Adds a connection.
  ///
  /// @return whether it may be served; if not, there is no place and it only waits for its end
  synchronized boolean admit(ConnectionGuard guard) {
    boolean hasPlace = open.size() < limit || giveUpOne();
    open.add(guard);
    return hasPlace;
  }

  void remove(ConnectionGuard guard) {
    open.remove(guard);
  }

  int size() {
    return open.size();
  }

  /// Closes every connection whose client has let a deadline pass.
  void closeOverdue(long now) {
    for (ConnectionGuard guard : open) {
      if (guard.isOverdue(now)) {
        guard.close();
      }
    }
  }

  private static long waitingSince(ConnectionGuard guard) {
    return guard.since() + (guard.phase() == Phase.BODY ? BODY_BONUS : 0);
  }

  private boolean giveUpOne() {
    return open.stream()
        .filter(guard -> guard.phase() != Phase.WORK)
        .min(LONGEST_WAITING)
        .map(guard -> {
          open.remove(guard);
          guard.close();
          return true;
        })
        .orElse(false);
  }
}
