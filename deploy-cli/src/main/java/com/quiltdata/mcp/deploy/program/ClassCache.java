package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The AOT cache of an image: the classes of the server, as they are after a start and its first
/// calls (JEP 483, 514, 515). Made with the image's own Java from the jars that go into it: a cache
/// of other jars would run their old classes.
///
/// @param file the cache
/// @param key equal for caches of the same Java, program and training
record ClassCache(Path file, String key) {
  /// What its training and the server have in common.
  static final List<String> COMMON = List.of("-XX:+UseSerialGC", "-Xms240m", "-Xmx240m");

  /// What it learns with the quick compiler alone keeps the other one from the start.
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  /// Trains one, unless an equal one was trained before: two trainings differ in some bytes.
  ///
  /// @param cache a folder for caches
  /// @param progress hears lines for people
  /// @throws Failure [ExitCode#BUILD_FAILED] when the server does not start, or its Java does not
  ///   take the cache
  static ClassCache train(
      JavaRuntime runtime, ServerProgram program, Path cache, Consumer<String> progress) {
    String key = Digests.of(runtime.key(), program.key(), COMMON.toString(), TrainingRun.KEY);
    Path file = cache.resolve("classes-%s.aot".formatted(key));
    try {
      if (!CacheFolder.touch(file)) {
        progress.accept("Training the cache of classes, once for each program");
        try (WorkFolder work = WorkFolder.in(cache, "training")) {
          train(runtime, program, work.path(), file);
        }
      }
      return new ClassCache(file, key);
    } catch (IOException e) {
      throw Failure.of(
              ExitCode.BUILD_FAILED, "The cache of classes cannot be made: " + e.getMessage())
          .because(e)
          .next("the same with --no-aot");
    }
  }

  private static void train(JavaRuntime runtime, ServerProgram program, Path work, Path file)
      throws IOException {
    Path made = work.resolve("classes.aot");
    List<String> java =
        Stream.of(
                Stream.of(runtime.java().toString()),
                COMMON.stream(),
                Stream.of(QUICK, "-XX:AOTCacheOutput=" + made),
                Stream.of("-jar", program.jar().toString()))
            .flatMap(each -> each)
            .toList();
    new TrainingRun(java, runtime, program, work, TrainingRun.PATIENCE).run();
    requireUsed(runtime, program, made, work);
    Folders.keep(made, file);
  }

  /// A Java that must take it ends with 1 when it does not.
  private static void requireUsed(
      JavaRuntime runtime, ServerProgram program, Path made, Path work) {
    List<String> command =
        Stream.of(
                Stream.of(runtime.java().toString()),
                COMMON.stream(),
                Stream.of("-XX:AOTMode=on", "-XX:AOTCache=" + made),
                Stream.of("-jar", program.jar().toString(), "--version"))
            .flatMap(each -> each)
            .toList();
    TrainingRun.output(command, work);
  }
}
