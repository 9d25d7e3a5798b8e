package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What builds keep for the next ones: runtimes, programs, caches of classes, layers of images. All
/// of it can be made again. Entries bear the time of their last use, layers that of their making.
///
/// @param path where it is
public record CacheFolder(Path path) {
  private static final Duration UNUSED = Duration.ofDays(30);
  private static final Duration ABANDONED = Duration.ofDays(1);

  /// Folders of the library that builds images: its layers, and what it is at work on.
  private static final List<String> LAYERS = List.of("app/layers", "base/layers");

  private static final List<String> WORK = List.of("app/tmp", "base/tmp");

  /// Removes what was not used for 30 days, and what builds left that were killed a day ago. What
  /// cannot be read or removed, an entry of another user for example, stays: no build ends for it.
  public void clean(Instant now) {
    clean(path, "{runtime,program,classes,modules}-*", now.minus(UNUSED));
    clean(path.resolve("build"), "*", now.minus(UNUSED));
    clean(path, WorkFolder.PREFIX + "*", now.minus(ABANDONED));
    // The names that work had in earlier versions.
    clean(path, ".{runtime,program,training}*", now.minus(ABANDONED));
    for (String layers : LAYERS) {
      clean(path.resolve(layers), "*", now.minus(UNUSED));
    }
    for (String work : WORK) {
      clean(path.resolve(work), "*", now.minus(ABANDONED));
    }
  }

  private void clean(Path folder, String names, Instant before) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (WorkFolder removed = WorkFolder.in(path, "removed");
        DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
      for (Path entry : entries) {
        removeOld(entry, before, removed.path());
      }
    } catch (IOException | DirectoryIteratorException | Failure _) {
      // Who cannot clean up may build all the same.
    }
  }

  /// What is removed loses its name first: half an entry would be taken for a whole one.
  private static void removeOld(Path entry, Instant before, Path removed) {
    try {
      if (Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
        Files.move(entry, removed.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException _) {
      // Another build removes the same, or it is not ours.
    }
  }

  /// Notes that an entry is used, before it is: from then on nobody removes it.
  ///
  /// @return whether it is there
  static boolean touch(Path entry) {
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
      return true;
    } catch (IOException _) {
      // One of another user can be used, but not touched.
      return Files.exists(entry);
    }
  }
}
