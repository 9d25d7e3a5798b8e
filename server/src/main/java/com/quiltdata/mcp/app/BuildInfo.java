package com.quiltdata.mcp.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build of the program this is, as the build wrote it.
///
/// @param version of the sources, for example `1.0.0`
/// @param revision abbreviated git revision, `unknown` outside a checkout
public record BuildInfo(String version, String revision) {
  /// Reads what the build left on the class path.
  ///
  /// @return the build
  public static BuildInfo load() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
