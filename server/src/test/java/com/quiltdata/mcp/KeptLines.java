package com.quiltdata.mcp;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Lines that outlive the tests, in a file below `server/target`, for `.ci/secrets`. Thread-safe.
public final class KeptLines {
  private final BufferedWriter out;

  /// A file, which is made if it is not there.
  ///
  /// @param folder below `server/target`
  /// @param name of the file in it
  public KeptLines(String folder, String name) {
    try {
      Path place = built().resolve(folder);
      Files.createDirectories(place);
      this.out =
          Files.newBufferedWriter(
              place.resolve(name),
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds a line, which is in the file when this returns.
  public synchronized void add(String line) {
    try {
      // A surrogate that stands alone has no bytes.
      out.write(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the classes of the tests are, wherever the process was started.
  private static Path built() {
    try {
      return Path.of(KeptLines.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
