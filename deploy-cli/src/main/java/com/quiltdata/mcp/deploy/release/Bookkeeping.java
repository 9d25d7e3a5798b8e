package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.record.ReleaseLock;
import com.quiltdata.mcp.deploy.record.ReleaseRecord;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
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

  /// Does something while nobody else releases.
  ///
  /// @throws com.quiltdata.mcp.deploy.outcome.Failure [ExitCode#LOCKED] naming who does
  <T> T locked(String version, Supplier<T> work) {
    String id = UUID.randomUUID().toString();
    records.lock(new ReleaseLock(id, who, version, pace.instant().toString()));
    try {
      return work.get();
    } finally {
      // Whoever was interrupted gives the lock back all the same.
      boolean interrupted = Thread.interrupted();
      ReleaseRecords.attempt(() -> records.unlock(id))
          .ifPresent(problem -> watcher.note("The release lock was not given back: " + problem));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
      ReleaseRecords.attempt(() -> records.writeImage(image))
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
    ReleaseRecords.attempt(() -> records.add(record))
        .ifPresent(problem -> watcher.note("The release was not recorded: " + problem));
  }
}
