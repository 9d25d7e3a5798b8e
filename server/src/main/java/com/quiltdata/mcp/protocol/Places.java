package com.quiltdata.mcp.protocol;

import java.util.HashMap;
import java.util.Map;

/// How many of something that lasts there may be at once, in all and for one caller. Thread-safe.
final class Places {
  private final String what;
  private final int limit;
  private final int limitOfOne;
  private final Map<String, Integer> byPrincipal = new HashMap<>();
  private int taken;

  /// Places.
  ///
  /// @param what they are for, in the plural
  /// @param limit in all
  /// @param limitOfOne for one caller
  Places(String what, int limit, int limitOfOne) {
    this.what = what;
    this.limit = limit;
    this.limitOfOne = limitOfOne;
  }

  /// A place that is taken until it is closed.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes a place.
  ///
  /// @param principal who wants it
  /// @throws RpcException when there is none
  synchronized Place take(String principal) {
    if (taken >= limit) {
      throw RpcException.comeAgain(
          ErrorCode.BUSY,
          "busy",
          "This server has %d %s open and takes no more; try again".formatted(limit, what));
    }
    int mine = byPrincipal.getOrDefault(principal, 0);
    if (mine >= limitOfOne) {
      throw RpcException.comeAgain(
          ErrorCode.SHARE_USED_UP,
          "share_used_up",
          "You have %d %s open, which is the limit; end one".formatted(mine, what));
    }
    taken++;
    byPrincipal.put(principal, mine + 1);
    return () -> leave(principal);
  }

  private synchronized void leave(String principal) {
    taken--;
    byPrincipal.computeIfPresent(principal, (_, count) -> count > 1 ? count - 1 : null);
  }
}
