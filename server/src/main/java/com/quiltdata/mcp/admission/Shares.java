package com.quiltdata.mcp.admission;

import java.util.concurrent.ConcurrentHashMap;

/// How much each of many clients has under way at once. Thread-safe; a client with nothing under
/// way takes no memory.
public final class Shares {
  private final int size;
  private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

  /// Shares of which nothing is taken.
  ///
  /// @param size how much a client may have under way
  public Shares(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the size of a share is not positive: " + size);
    }
    this.size = size;
  }

  /// Takes a part of a client's share.
  ///
  /// @param client whose
  /// @return whether there was one; then [#leave(String)] gives it back
  public boolean take(String client) {
    boolean[] had = new boolean[1];
    taken.compute(
        client,
        (_, parts) -> {
          int now = parts == null ? 0 : parts;
          had[0] = now < size;
          return had[0] ? Integer.valueOf(now + 1) : parts;
        });
    return had[0];
  }

  /// Takes a part again that the client had before, even if others fill the share by now.
  ///
  /// @param client whose
  public void takeAgain(String client) {
    taken.merge(client, 1, Integer::sum);
  }

  /// Gives a part back.
  ///
  /// @param client whose
  public void leave(String client) {
    taken.computeIfPresent(client, (_, parts) -> parts > 1 ? Integer.valueOf(parts - 1) : null);
  }

  /// How many clients have something under way.
  public int clients() {
    return taken.size();
  }
}
