package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

/// The program as it lies below `/app` of an image, on this machine: the jars in their places, with
/// the times that they have there.
///
/// @param folder stands for `/app`
/// @param key equal for equal programs
record ServerProgram(Path folder, String key) {
  /// The health command: the kernel starts Java with the arguments that the file names.
  static final String HEALTH = "/app/bin/health";

  private static final String PROBE =
      """
      -XX:+UseSerialGC
      -XX:TieredStopAtLevel=1
      -Xmx16m
      -cp
      /app/bin/health.jar
      com.quiltdata.mcp.HealthProbe
      """;

  /// The time of every file of an image. The cache of classes holds the times of its jars.
  static final FileTime TIME = FileTime.fromMillis(1_000);

  /// Lays it out, unless an equal one lies there.
  ///
  /// @param cache a folder for programs
  /// @throws Failure [ExitCode#BUILD_FAILED]
  static ServerProgram lay(ServerFiles files, Path cache) {
    String key = Digests.of(files.key(), PROBE, Integer.toString(ProgramParts.PARTS));
    Path folder = cache.resolve("program-" + key);
    try {
      if (!CacheFolder.touch(folder)) {
        try (WorkFolder work = WorkFolder.in(cache, "program")) {
          Folders.keep(made(files, work.path().resolve("app")), folder);
        }
      }
      return new ServerProgram(folder, key);
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "The program cannot be laid out: " + e.getMessage())
          .because(e);
    }
  }

  private static Path made(ServerFiles files, Path folder) throws IOException {
    ProgramParts.write(files.program(), folder);
    Path library = Files.createDirectories(folder.resolve("lib"));
    for (Path jar : files.libraries()) {
      Files.copy(jar, library.resolve(jar.getFileName()));
    }
    command(folder.resolve("bin"));
    for (Path file : Folders.files(folder)) {
      Files.setLastModifiedTime(file, TIME);
    }
    return folder;
  }

  /// A base may have no shell, so this is no script of one.
  private static void command(Path bin) throws IOException {
    Files.writeString(bin.resolve("health.args"), PROBE);
    Path health = bin.resolve("health");
    Files.writeString(health, "#!/app/jre/bin/java @/app/bin/health.args\n");
    Files.setPosixFilePermissions(health, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The jar that starts it.
  Path jar() {
    return folder.resolve("quilt-mcp-server.jar");
  }
}
