package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Makes a changing call again while AWS throttles it, for two minutes. A call that was throttled
/// has had no effect; one that failed in any other way may have had, and is not made again.
///
/// @param pace waits
/// @param watcher hears of it
record Insistence(Pace pace, ReleaseWatcher watcher) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Makes it.
  ///
  /// @throws Failure what the call throws; [ExitCode#THROTTLED] when two minutes were not enough
  <T> T on(Supplier<T> call) {
    Instant end = pace.instant().plus(PATIENCE);
    while (true) {
      try {
        return call.get();
      } catch (Failure e) {
        if (e.code() != ExitCode.THROTTLED || !pace.instant().isBefore(end)) {
          throw e;
        }
        watcher.note(e.cause() + "; trying again");
        Bookkeeping.sleep(pace);
      }
    }
  }
}
