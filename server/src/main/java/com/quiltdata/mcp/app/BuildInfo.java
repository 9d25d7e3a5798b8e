package com.quiltdata.mcp.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// Which build of the program this is, as the build wrote it.
///
/// @param version of the sources, for example `1.0.0`; of the release, in an image
/// @param revision abbreviated git revision, `unknown` outside a checkout
public record BuildInfo(String version, String revision) {
  /// Reads what the build of an image left, else what that of the program left on the class path.
  ///
  /// @param image the file of the image, where the program runs in one
  /// @return the build
  /// @throws UncheckedIOException when that file cannot be read
  public static BuildInfo load(Optional<Path> image) {
    Properties properties = new Properties();
    try (InputStream in =
        image.isPresent()
            ? Files.newInputStream(image.get())
            : BuildInfo.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  private static BuildInfo of(Properties properties) {
    String revision = properties.getProperty("revision", "");
    boolean isFilledIn = !revision.isEmpty() && !revision.startsWith("${");
    return new BuildInfo(
        properties.getProperty("version", "unknown"), isFilledIn ? revision : "unknown");
  }

  @Override
  public String toString() {
    return version + "+" + revision;
  }
}
