package com.quiltdata.mcp.storage.s3;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Adobe's S3Mock, whose class path the build writes. It keeps and checks given checksums, but lets
/// more than one of several conditional writers win, and gives versions under odd codes.
public final class S3Mock {
  private static final Pattern READY = Pattern.compile("started on ports .* ([0-9]+) \\(http\\)");

  private S3Mock() {}

  private static final class Holder {
    static final S3Server SERVER = start();
  }

  /// The one of this JVM, started when it is first asked for.
  public static S3Server server() {
    return Holder.SERVER;
  }

  private static S3Server start() {
    try {
      Path build = Path.of("target", "s3mock").toAbsolutePath();
      Path root = Files.createTempDirectory(build, "objects");
      return S3Server.start(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xmx256m",
              "-cp",
              build + File.pathSeparator + Files.readString(build.resolve("classpath")),
              "com.adobe.testing.s3mock.S3MockApplication",
              "--http.port=0",
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--com.adobe.testing.s3mock.store.root=" + root,
              "--spring.main.sources=com.quiltdata.mcp.s3mock.Loopback"),
          READY);
    } catch (IOException e) {
      throw new UncheckedIOException("run ./mvnw generate-test-resources first", e);
    }
  }
}
