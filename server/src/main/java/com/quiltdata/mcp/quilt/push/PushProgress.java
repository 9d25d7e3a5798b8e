package com.quiltdata.mcp.quilt.push;

/// Hears how far a push is. Called by one thread at a time.
@FunctionalInterface
public interface PushProgress {
  /// Nobody listens.
  PushProgress NONE = (_, _, _) -> {};

  /// Tells how far a step is.
  ///
  /// @param step which
  /// @param done items that are done; grows within a step
  /// @param total items of the step
  void report(PushStep step, long done, long total);
}
