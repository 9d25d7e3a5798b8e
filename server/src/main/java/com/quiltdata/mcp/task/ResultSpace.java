package com.quiltdata.mcp.task;

/// What tasks tell to the place that keeps them.
interface ResultSpace {
  /// Takes room for a result.
  ///
  /// @return whether there was enough
  boolean take(Task task, long bytes);

  /// A task has ended, and nothing of it runs any more. Told once.
  void stopped(Task task);
}
