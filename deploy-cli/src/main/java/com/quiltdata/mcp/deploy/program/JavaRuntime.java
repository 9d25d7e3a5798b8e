package com.quiltdata.mcp.deploy.program;

import static java.util.stream.Collectors.joining;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The Java that an image brings: linked from the one that runs this program, with the modules that
/// the server needs and no others. It needs nothing of its base but glibc.
///
/// @param folder with `bin/java`
/// @param key equal for equal runtimes
record JavaRuntime(Path folder, String key) {
  /// What libraries refer to for the case that it is there: Jackson `java.sql` for its dates,
  /// SnakeYAML `java.desktop` for beans.
  private static final List<String> NOT_NEEDED = List.of("java.desktop", "java.sql");

  /// What no class refers to by its name: hearing a second signal.
  private static final List<String> BESIDES = List.of("jdk.unsupported");

  private static final String EVERYBODYS = "java.base";

  private static final List<String> OPTIONS =
      List.of(
          "--strip-debug",
          "--no-man-pages",
          "--no-header-files",
          "--compress",
          "zip-6",
          "--generate-cds-archive");

  /// The archive for heaps of over 32 GiB.
  private static final String OF_LARGE_HEAPS = "lib/server/classes_nocoops.jsa";

  /// Links one, unless an equal one was linked before.
  ///
  /// @param files whose needs count
  /// @param architecture `amd64` or `arm64`: that of this machine
  /// @param cache a folder for runtimes
  /// @param progress hears lines for people
  /// @throws Failure [ExitCode#BUILD_FAILED] on another system or architecture, or without a JDK
  static JavaRuntime link(
      ServerFiles files, String architecture, Path cache, Consumer<String> progress) {
    requireThisMachine(architecture);
    Path home = Path.of(System.getProperty("java.home"));
    String modules = modules(files, cache);
    try {
      String key =
          Digests.of(Files.readString(home.resolve("release")), modules, OPTIONS.toString());
      Path folder = cache.resolve("runtime-" + key);
      if (!CacheFolder.touch(folder)) {
        progress.accept("Linking the Java runtime, once for each JDK");
        link(modules, cache, folder);
      }
      return new JavaRuntime(folder, key);
    } catch (IOException e) {
      throw Failure.of(
              ExitCode.BUILD_FAILED, "The Java runtime cannot be linked: " + e.getMessage())
          .because(e);
    }
  }

  Path java() {
    return folder.resolve("bin/java");
  }

  private static void link(String modules, Path cache, Path folder) throws IOException {
    try (WorkFolder work = WorkFolder.in(cache, "runtime")) {
      Path made = work.path().resolve("jre");
      List<String> arguments = new ArrayList<>(OPTIONS);
      arguments.addAll(List.of("--add-modules", modules, "--output", made.toString()));
      tool("jlink", arguments);
      Files.deleteIfExists(made.resolve(OF_LARGE_HEAPS));
      Folders.keep(made, folder);
    }
  }

  /// The modules that the classes refer to, in order, separated by commas.
  static String modules(ServerFiles files, Path cache) {
    Path known = cache.resolve("modules-" + files.key());
    try {
      if (!CacheFolder.touch(known) || !isWhole(Files.readString(known))) {
        Files.deleteIfExists(known);
        String modules = modules(files);
        if (!isWhole(modules)) {
          throw Failure.of(
              ExitCode.BUILD_FAILED,
              "jdeps names no modules that %s needs, not even %s"
                  .formatted(files.program(), EVERYBODYS));
        }
        try (WorkFolder work = WorkFolder.in(cache, "modules")) {
          Folders.keep(Files.writeString(work.path().resolve("modules"), modules), known);
        }
      }
      return Files.readString(known);
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "%s cannot be kept: %s".formatted(known, e))
          .because(e);
    }
  }

  /// Whether it is a list of modules: versions before wrote it in place, and may have been ended.
  private static boolean isWhole(String modules) {
    List<String> names = List.of(modules.split(",", -1));
    return names.contains(EVERYBODYS) && names.containsAll(BESIDES);
  }

  private static String modules(ServerFiles files) {
    String told =
        tool(
            "jdeps",
            List.of(
                "--ignore-missing-deps",
                "--multi-release",
                Integer.toString(Runtime.version().feature()),
                "--list-deps",
                "--class-path",
                files.libraries().stream().map(Path::toString).collect(joining(File.pathSeparator)),
                files.program().toString()));
    // A line each, some with a package behind the name.
    TreeSet<String> modules = new TreeSet<>();
    told.lines().map(line -> line.strip().replaceFirst("/.*", "")).forEach(modules::add);
    NOT_NEEDED.forEach(modules::remove);
    modules.addAll(BESIDES);
    return String.join(",", modules);
  }

  /// A process of its own: what it starts prints past whoever calls it.
  private static String tool(String name, List<String> arguments) {
    Path program = Path.of(System.getProperty("java.home"), "bin", name);
    if (!Files.isExecutable(program)) {
      throw Failure.of(
          ExitCode.BUILD_FAILED,
          "An image needs a JDK to be built with: there is no %s".formatted(program));
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw Failure.of(
                ExitCode.BUILD_FAILED, "%s ended with %d".formatted(name, process.exitValue()))
            .showing(told.lines().toList());
      }
      return told;
    } catch (IOException e) {
      throw Failure.of(ExitCode.BUILD_FAILED, "%s cannot be run".formatted(program)).because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted while the image was built").because(e);
    }
  }

  private static void requireThisMachine(String architecture) {
    String system = System.getProperty("os.name");
    String here =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case String other -> other;
        };
    if (!system.equals("Linux") || !here.equals(architecture)) {
      throw Failure.of(
              ExitCode.BUILD_FAILED,
              "An image for linux/%s is built on Linux of that architecture, for it brings its Java; this is %s on %s"
                  .formatted(architecture, system, here))
          .next("deploy-cli build --architecture %1$s, on Linux on %1$s".formatted(architecture));
    }
  }
}
