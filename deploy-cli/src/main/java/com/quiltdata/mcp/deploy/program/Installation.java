package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The server as it is installed in an image, below `/app`.
///
/// @param layers what changes least comes first
/// @param entrypoint starts the server
/// @param health the command that ends with 0 while it serves
/// @param parts what tells its parts from those of others, by the name of the part: `runtime`,
///   `program`, and `classes` of one that brings a cache
public record Installation(
    List<Layer> layers, List<String> entrypoint, List<String> health, Map<String, String> parts) {
  /// Where the image lists all that is in it (CycloneDX), if its build knew.
  public static final String COMPONENTS = "/app/sbom.cdx.json";

  /// Where the image says what was released.
  public static final String BUILD = "/app/build.properties";

  /// The health command, as a task definition has it.
  public static final List<String> HEALTH = List.of("CMD", ServerProgram.HEALTH);

  private static final String JAVA = "/app/jre/bin/java";
  private static final String CACHE = "/app/quilt-mcp.aot";
  private static final String JAR = "/app/quilt-mcp-server.jar";

  /// For a task of 512 MiB. Out of memory ends the process: a half-dead task is worse.
  private static final List<String> LIMITS =
      List.of(
          "-Xss512k",
          "-XX:MaxDirectMemorySize=48m",
          "-XX:MaxMetaspaceSize=96m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+DisableAttachMechanism",
          "-Xlog:disable",
          // A cache that is not taken is an error; less of it is said at each start.
          "-Xlog:all=warning,aot*=error:stderr");

  /// Copies all of them.
  public Installation {
    layers = List.copyOf(layers);
    entrypoint = List.copyOf(entrypoint);
    health = List.copyOf(health);
    parts = Map.copyOf(parts);
  }

  /// Puts it together.
  ///
  /// @param files what the build of the server left
  /// @param architecture `amd64` or `arm64`
  /// @param cache a folder for what need not be made twice
  /// @param isTrained whether it brings a cache of classes; without one, equal files and an equal
  ///   JDK give equal bytes on any machine
  /// @param progress hears lines for people
  /// @throws Failure [ExitCode#BUILD_FAILED]
  public static Installation of(
      ServerFiles files,
      String architecture,
      Path cache,
      boolean isTrained,
      Consumer<String> progress) {
    JavaRuntime runtime = JavaRuntime.link(files, architecture, cache, progress);
    ServerProgram program = ServerProgram.lay(files, cache);
    Optional<ClassCache> classes =
        isTrained
            ? Optional.of(ClassCache.train(runtime, program, cache, progress))
            : Optional.empty();
    try {
      List<Layer> layers = new ArrayList<>();
      layers.add(Layer.below("runtime", "/app/jre", runtime.folder()));
      layers.add(Layer.below("libraries", "/app/lib", program.folder().resolve("lib")));
      layers.add(Layer.below("start", "/app/bin", program.folder().resolve("bin")));
      layers.add(Layer.of("manifest", JAR, program.jar()));
      files.components().ifPresent(file -> layers.add(Layer.of("components", COMPONENTS, file)));
      for (Path part : Folders.files(program.folder().resolve("program"))) {
        layers.add(Layer.of("program", "/app/program/" + part.getFileName(), part));
      }
      classes.ifPresent(made -> layers.add(Layer.of("classes", CACHE, made.file())));
      Map<String, String> parts =
          new TreeMap<>(Map.of("runtime", runtime.key(), "program", program.key()));
      classes.ifPresent(made -> parts.put("classes", made.key()));
      return new Installation(layers, entrypoint(classes.isPresent()), HEALTH, parts);
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "The program cannot be read: " + e.getMessage())
          .because(e);
    }
  }

  private static List<String> entrypoint(boolean hasCache) {
    return Stream.of(
            Stream.of(JAVA),
            hasCache ? Stream.of("-XX:AOTCache=" + CACHE) : Stream.<String>empty(),
            ClassCache.COMMON.stream(),
            LIMITS.stream(),
            Stream.of("-Dquilt.mcp.build=" + BUILD, "-jar", JAR))
        .flatMap(each -> each)
        .toList();
  }
}
