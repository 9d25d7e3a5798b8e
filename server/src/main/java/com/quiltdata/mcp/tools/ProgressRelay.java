package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.quilt.push.PushProgress;
import com.quiltdata.mcp.quilt.push.PushStep;
import com.quiltdata.mcp.tool.CallOutput;
import java.util.OptionalDouble;

/// Tells a client how far a push is: from 0 to 100, a part of it for each step. Not thread-safe.
public final class ProgressRelay implements PushProgress {
  private static final double TOTAL = 100;

  private final CallOutput output;
  private double last = -1;

  /// Tells a client.
  ///
  /// @param output to it
  public ProgressRelay(CallOutput output) {
    this.output = output;
  }

  @Override
  public void report(PushStep step, long done, long total) {
    double part = total == 0 ? 1 : Math.min(1, (double) done / total);
    double now =
        switch (step) {
          case LOOK -> 10 * part;
          case HASH -> 10 + 40 * part;
          case COPY -> 50 + 40 * part;
          case MANIFEST -> 90 + 10 * part;
        };
    if (now > last) {
      last = now;
      output.progress(
          now, OptionalDouble.of(TOTAL), "%s: %d of %d".formatted(words(step), done, total));
    }
  }

  private static String words(PushStep step) {
    return switch (step) {
      case LOOK -> "files looked up";
      case HASH -> "files hashed";
      case COPY -> "files copied";
      case MANIFEST -> "parts of the manifest written";
    };
  }
}
