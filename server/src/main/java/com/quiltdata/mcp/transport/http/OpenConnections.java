package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.transport.http.ConnectionGuard.Phase;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The connections that are open, and the rule for one too many: the connection that has waited
/// longest for its client gives way, so that idle or slow clients cannot lock out a health probe.
final class OpenConnections {
  private static final Comparator<ConnectionGuard> MOST_DISPENSABLE =
      Comparator.comparing(ConnectionGuard::phase)
          .thenComparing((a, b) -> Long.signum(a.since() - b.since()));

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

  private boolean giveUpOne() {
    return open.stream()
        .filter(guard -> guard.phase() != Phase.WORK)
        .min(MOST_DISPENSABLE)
        .map(guard -> {
          open.remove(guard);
          guard.close();
          return true;
        })
        .orElse(false);
  }
}
