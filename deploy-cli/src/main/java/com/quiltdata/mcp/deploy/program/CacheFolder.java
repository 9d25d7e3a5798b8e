package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /// Removes what was not used for 30 days, and what builds left that were killed a day ago.
  ///
  /// @throws Failure [ExitCode#BUILD_FAILED] when it cannot be read
  public void clean(Instant now) {
    try {
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
    } catch (IOException e) {
      throw Failure.of(
              ExitCode.BUILD_FAILED, "The cache folder %s cannot be cleaned: %s".formatted(path, e))
          .because(e)
          .next("rm -r " + path);
    }
  }

  /// What is removed loses its name first: half an entry would be taken for a whole one.
  private void clean(Path folder, String names, Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (WorkFolder removed = WorkFolder.in(path, "removed");
        DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
      for (Path entry : entries) {
        try {
          if (Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
            Files.move(
                entry, removed.path().resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
          }
        } catch (NoSuchFileException _) {
          // Another build removes the same.
        }
      }
    }
  }

  /// Notes that an entry is used now.
  static void touch(Path entry) throws IOException {
    Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
  }
}
