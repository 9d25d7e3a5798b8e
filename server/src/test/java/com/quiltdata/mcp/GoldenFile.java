package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of the checkout that must say what the program says. `-Dgolden.update=true` writes it
/// anew; a look at the difference then belongs into the review.
public record GoldenFile(Path path) {
  private static final String SWITCH = "golden.update";

  /// A test resource of this module.
  public static GoldenFile ofResource(String path) {
    return new GoldenFile(Path.of("src/test/resources/golden").resolve(path));
  }

  /// A file of the project, for example `docs/tools.md`.
  public static GoldenFile ofProject(String path) {
    return new GoldenFile(Path.of("..").resolve(path));
  }

  /// Compares, or writes when asked to.
  ///
  /// @param actual what the program says, with a final line end
  public void matches(String actual) {
    try {
      if (Boolean.getBoolean(SWITCH)) {
        Files.createDirectories(path.toAbsolutePath().normalize().getParent());
        Files.writeString(path, actual);
        return;
      }
      assertThat(path)
          .as("write %s with ./mvnw -pl server test -D%s=true", path, SWITCH)
          .isRegularFile();
      assertThat(Files.readString(path))
          .as("%s is out of date: ./mvnw -pl server test -D%s=true", path, SWITCH)
          .isEqualTo(actual);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
