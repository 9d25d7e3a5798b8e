package com.quiltdata.mcp.auth;

/// How much is remembered of callers.
///
/// @param tokens that were verified
/// @param credentials of callers: sessions of roles, and answers of the registry
public record MemoryLimits(int tokens, int credentials) {
  /// The documented ones.
  public static final MemoryLimits DEFAULT = new MemoryLimits(1_000, 200);
}
