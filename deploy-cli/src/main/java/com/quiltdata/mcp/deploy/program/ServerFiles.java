package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// What the build of the server module leaves: the program, the libraries beside it, and the list
/// of both.
///
/// @param program the jar with the main class
/// @param libraries jars, in the order of their names
/// @param components the list of all of them (CycloneDX); empty when the build made none
public record ServerFiles(Path program, List<Path> libraries, Optional<Path> components) {
  private static final String JAR = "quilt-mcp-server.jar";
  private static final String COMPONENTS = "quilt-mcp-server.cdx.json";

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
    return new ServerFiles(
        program,
        libraries(program),
        Optional.of(target.resolve(COMPONENTS)).filter(Files::isRegularFile));
  }

  /// Those that the manifest names: the folder may hold more, of builds before.
  private static List<Path> libraries(Path program) {
    try (JarFile jar = new JarFile(program.toFile())) {
      String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return Stream.of(named.split(" ", -1)).map(program::resolveSibling).sorted().toList();
    } catch (IOException | RuntimeException e) {
      throw Failure.of(
              ExitCode.BUILD_FAILED, "%s is no program that names its libraries".formatted(program))
          .because(e)
          .next("./mvnw -pl server -am package -DskipTests");
    }
  }

  /// Equal for equal programs with equal libraries.
  ///
  /// @throws Failure [ExitCode#BUILD_FAILED] when one cannot be read
  String key() {
    try {
      List<String> digests = new ArrayList<>();
      digests.add(Digests.of(program));
      for (Path library : libraries) {
        digests.add(library.getFileName() + " " + Digests.of(library));
      }
      return Digests.of(digests.toArray(String[]::new));
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "The program cannot be read: " + e.getMessage())
          .because(e);
    }
  }

  /// Copies the list of components beside a tar file: `image.cdx.json` beside `image.tar`.
  ///
  /// @return the copy; empty when there is no list
  /// @throws Failure [ExitCode#BUILD_FAILED] when it cannot be written
  public Optional<Path> componentsBeside(Path tar) {
    if (components.isEmpty()) {
      return Optional.empty();
    }
    String name = tar.getFileName().toString();
    String stem = name.endsWith(".tar") ? name.substring(0, name.length() - 4) : name;
    Path copy = tar.resolveSibling(stem + ".cdx.json");
    try {
      Files.copy(components.get(), copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "%s cannot be written".formatted(copy)).because(e);
    }
    return Optional.of(copy);
  }
}
