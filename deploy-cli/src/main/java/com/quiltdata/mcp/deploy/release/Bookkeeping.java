package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.record.ReleaseLock;
import com.quiltdata.mcp.deploy.record.ReleaseRecord;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/// Keeps one release at a time, and the records of what was done.
///
/// @param records where they are
/// @param pace tells the time
/// @param watcher hears what could not be written
/// @param who releases
/// @param from where
record Bookkeeping(
    ReleaseRecords records, Pace pace, ReleaseWatcher watcher, String who, String from) {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// Does something while nobody else releases.
  ///
  /// @param patience for how long somebody else may go on
  /// @throws com.quiltdata.mcp.deploy.outcome.Failure [ExitCode#LOCKED] naming who does
  <T> T locked(String version, Duration patience, Supplier<T> work) {
    String id = UUID.randomUUID().toString();
    take(new ReleaseLock(id, who, version, pace.instant().toString()), patience);
    try {
      return work.get();
    } finally {
      evenIfInterrupted(() ->
          ReleaseRecords.attempt(() -> new Insistence(pace, watcher).on(() -> records.unlock(id)))
              .ifPresent(
                  problem -> watcher.note("The release lock was not given back: " + problem)));
    }
  }

  /// Whoever was interrupted leaves all in order.
  private static void evenIfInterrupted(Runnable last) {
    boolean interrupted = Thread.interrupted();
    last.run();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void insisting(Runnable change) {
    boolean _ =
        new Insistence(pace, watcher)
            .on(() -> {
              change.run();
              return true;
            });
  }

  private void take(ReleaseLock lock, Duration patience) {
    Instant end = pace.instant().plus(patience);
    while (true) {
      try {
        insisting(() -> records.lock(lock));
        return;
      } catch (Failure e) {
        if (e.code() != ExitCode.LOCKED || !pace.instant().isBefore(end)) {
          throw e;
        }
        watcher.step("Waiting: " + e.cause());
        sleep(pace);
      }
    }
  }

  /// Waits a little.
  static void sleep(Pace pace) {
    try {
      pace.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Stopped waiting; nothing was changed").because(e);
    }
  }

  /// Records how a release ended. What cannot be written does not make a good release a failed one.
  ///
  /// @param image with its digest
  /// @param taskDefinition family and revision
  /// @param previous what ran before
  void written(
      String command,
      String version,
      Launch.End end,
      String image,
      String taskDefinition,
      String previous) {
    if (end.code() == ExitCode.OK) {
      ReleaseRecords.attempt(() -> insisting(() -> records.writeImage(image)))
          .ifPresent(problem ->
              watcher.note(
                  "The image parameter was not written (%s): the next terraform apply would bring the old image back"
                      .formatted(problem)));
    }
    ReleaseRecord record =
        new ReleaseRecord(
            pace.instant(),
            command,
            version,
            end.code().wire(),
            image,
            taskDefinition,
            previous,
            who,
            from,
            end.cause());
    evenIfInterrupted(() ->
        ReleaseRecords.attempt(() -> insisting(() -> records.add(record)))
            .ifPresent(problem -> watcher.note("The release was not recorded: " + problem)));
  }
}
