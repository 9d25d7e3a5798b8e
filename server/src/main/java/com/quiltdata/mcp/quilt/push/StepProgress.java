package com.quiltdata.mcp.quilt.push;

/// Counts the items of one step and tells about every hundredth of them. Thread-safe.
final class StepProgress {
  private static final int REPORTS = 100;

  private final PushProgress listener;
  private final PushStep step;
  private final long total;
  private long done;

  StepProgress(PushProgress listener, PushStep step, long total) {
    this.listener = listener;
    this.step = step;
    this.total = total;
    listener.report(step, 0, total);
  }

  /// One more item is done.
  synchronized void one() {
    done++;
    if (done == total || done * REPORTS / total > (done - 1) * REPORTS / total) {
      listener.report(step, done, total);
    }
  }
}
