package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of one build, removed at its end. What a build leaves that is killed,
/// [CacheFolder#clean] finds by the name.
///
/// @param path where it is
public record WorkFolder(Path path) implements AutoCloseable {
  /// How the names of all begin.
  static final String PREFIX = ".work-";

  /// Makes one in a folder for caches, which need not exist.
  ///
  /// @param name what for, in one word
  /// @throws Failure [ExitCode#BUILD_FAILED] when it cannot be made
  public static WorkFolder in(Path cache, String name) {
    try {
      Files.createDirectories(cache);
      return new WorkFolder(Files.createTempDirectory(cache, PREFIX + name + "-"));
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "%s cannot be written to: %s".formatted(cache, e))
          .because(e);
    }
  }

  /// Removes it; what cannot be removed stays for the next build.
  @Override
  public void close() {
    try {
      Folders.delete(path);
    } catch (IOException _) {
      // A process that was killed may still write there.
    }
  }
}
