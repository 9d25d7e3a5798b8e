package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the build of the server module leaves: the program and the libraries beside it.
///
/// @param program the jar with the main class
/// @param libraries jars, in the order of their names
public record ServerFiles(Path program, List<Path> libraries) {
  private static final String JAR = "quilt-mcp-server.jar";

  /// Copies the list.
  public ServerFiles {
    libraries = List.copyOf(libraries);
  }

  /// Looks for them.
  ///
  /// @param target the folder `server/target`
  /// @throws Failure [ExitCode#BUILD_FAILED] when the server was not built
  public static ServerFiles in(Path target) {
    Path program = target.resolve(JAR);
    Path library = target.resolve("lib");
    if (!Files.isRegularFile(program) || !Files.isDirectory(library)) {
      throw Failure.of(
              ExitCode.BUILD_FAILED, "The server is not built: there is no %s".formatted(program))
          .next("./mvnw -pl server -am package -DskipTests");
    }
    try (Stream<Path> files = Files.list(library)) {
      return new ServerFiles(
          program, files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "Folder %s cannot be read".formatted(library))
          .because(e);
    }
  }
}
