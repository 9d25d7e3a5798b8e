package com.quiltdata.mcp.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Classes of another jar, in the form of a newer Java.
final class NewerClassesTest {
  @TempDir private Path folder;

  @Test
  void oldClassesBecomeNewOnesThatWork() throws Exception {
    Path jar = folder.resolve("picocli.jar");
    Files.copy(
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
        jar);
    assertThat(NewerClasses.rewrite(jar)).isGreaterThan(200);
    try (URLClassLoader newer =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      // Java 17; loading checks the stack maps.
      try (var bytes = newer.getResourceAsStream("picocli/CommandLine.class")) {
        assertThat(bytes.readNBytes(8)[7]).isEqualTo((byte) 61);
      }
      Class<?> spec = Class.forName("picocli.CommandLine$Model$CommandSpec", true, newer);
      Object empty = spec.getMethod("create").invoke(null);
      Class<?> type = Class.forName("picocli.CommandLine", true, newer);
      Object command = type.getConstructor(Object.class).newInstance(empty);
      assertThat(type.getMethod("getUsageMessage").invoke(command))
          .asString()
          .contains("Usage: <main class>");
    }
    assertThat(NewerClasses.rewrite(jar)).as("once more").isZero();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(jar);
    }
  }
}
