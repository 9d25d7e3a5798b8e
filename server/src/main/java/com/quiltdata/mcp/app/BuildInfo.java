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
  /// The system property by which an image names the file that says what was released.
  static final String IMAGE_FILE = "quilt.mcp.build";

  /// Reads what the build of an image left, else what that of the program left on the class path.
  ///
  /// @return the build
  /// @throws UncheckedIOException when the file of the image cannot be read
  public static BuildInfo load() {
    Properties properties = new Properties();
    Optional<Path> image = Optional.ofNullable(System.getProperty(IMAGE_FILE)).map(Path::of);
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
