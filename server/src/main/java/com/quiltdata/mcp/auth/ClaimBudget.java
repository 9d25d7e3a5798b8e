package com.quiltdata.mcp.auth;

import java.util.Collection;

/// How much the lists of one token may hold once they are expanded. A token over it is refused: to
/// cut its lists short would change what it says.
final class ClaimBudget {
  private static final int MAX_NAMES = 10_000;
  private static final int MAX_CHARS = 256 * 1_024;

  private int names;
  private int chars;

  /// Trims a name and keeps it, unless it is empty.
  ///
  /// @throws RefusedToken when the token holds too much
  void add(String name, Collection<String> kept) {
    names++;
    chars += name.length();
    if (names > MAX_NAMES || chars > MAX_CHARS) {
      throw RefusedToken.because("the claims expand to too much");
    }
    String trimmed = name.strip();
    if (!trimmed.isEmpty()) {
      kept.add(trimmed);
    }
  }
}
