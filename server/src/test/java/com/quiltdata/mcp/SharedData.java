package com.quiltdata.mcp;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Test data that others published and that is not part of this project. It is looked for in the
/// folder that `QUILT_MCP_SHARED` names, then beside the checkout as `shared`.
public final class SharedData {
  private SharedData() {}

  /// A file or folder of the shared data. The test is skipped, saying so, where there is none; with
  /// `CI=true` it fails instead.
  ///
  /// @param path below the folder, for example `fixtures/security/json`
  /// @return where it is
  public static Path path(String path) {
    return find(path)
        .orElseGet(() ->
            abort(
                "skipped: needs the shared data "
                    + path
                    + "; name its folder in QUILT_MCP_SHARED"));
  }

  /// A file or folder of the shared data. With `CI=true` it has to be there.
  ///
  /// @param path below the folder
  /// @return where it is, or empty where there is none
  public static Optional<Path> find(String path) {
    Optional<Path> found =
        candidates()
            .map(folder -> folder.resolve(path))
            .filter(Files::exists)
            .findFirst()
            .map(place -> place.toAbsolutePath().normalize());
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI needs the shared data, and there is no " + path);
    }
    return found;
  }

  private static Stream<Path> candidates() {
    Optional<Path> named = Optional.ofNullable(System.getenv("QUILT_MCP_SHARED")).map(Path::of);
    return Stream.concat(
        named.stream(), List.of(Path.of("../shared"), Path.of("../../shared")).stream());
  }
}
