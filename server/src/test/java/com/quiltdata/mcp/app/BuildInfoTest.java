package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the program says that it is.
final class BuildInfoTest {
  @TempDir private Path folder;

  @Test
  void outsideOfAnImageItIsWhatTheBuildOfTheProgramWrote() {
    assertThat(BuildInfo.load(Optional.empty()).version()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void inAnImageItIsWhatWasReleased() throws IOException {
    Path file = folder.resolve("build.properties");
    Files.writeString(file, "version=1.2.0\nrevision=abc1234\n");
    assertThat(BuildInfo.load(Optional.of(file))).hasToString("1.2.0+abc1234");
    Files.delete(file);
    assertThatThrownBy(() -> BuildInfo.load(Optional.of(file)))
        .isInstanceOf(UncheckedIOException.class);
  }
}
