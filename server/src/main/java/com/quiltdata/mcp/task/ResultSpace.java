package com.quiltdata.mcp.task;

/// What tasks tell to the place that keeps them.
interface ResultSpace {
  /// Takes room for a result.
  ///
  /// @return whether there was enough
  boolean take(long bytes);

  /// Gives room back.
  void leave(long bytes);

  /// A task does not run any more.
  void ended(Task task);
}
