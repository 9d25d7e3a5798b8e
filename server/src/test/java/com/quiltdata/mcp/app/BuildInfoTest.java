package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What the program says that it is.
@Isolated
final class BuildInfoTest {
  @TempDir private Path folder;

  @AfterEach
  void noImage() {
    System.clearProperty(BuildInfo.IMAGE_FILE);
  }

  @Test
  void outsideOfAnImageItIsWhatTheBuildOfTheProgramWrote() {
    assertThat(BuildInfo.load().version()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void inAnImageItIsWhatWasReleased() throws IOException {
    Path file = folder.resolve("build.properties");
    Files.writeString(file, "version=1.2.0\nrevision=abc1234\n");
    System.setProperty(BuildInfo.IMAGE_FILE, file.toString());
    assertThat(BuildInfo.load()).hasToString("1.2.0+abc1234");
    Files.delete(file);
    assertThatThrownBy(BuildInfo::load).isInstanceOf(UncheckedIOException.class);
  }
}
