package com.quiltdata.mcp.transport.stdio;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Cuts bytes into lines and keeps no more of a line than the limit, however long it is. Belongs to
/// one thread.
public final class LineReader {
  private final InputStream in;
  private final int maxBytes;

  /// One line.
  public sealed interface Line {
    /// A line within the limit.
    ///
    /// @param bytes without its end
    record Whole(byte[] bytes) implements Line {}

    /// A line over the limit, which was skipped.
    record TooLong() implements Line {}
  }

  /// A reader.
  ///
  /// @param in what is cut
  /// @param maxBytes longest line
  public LineReader(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, 64 << 10);
    this.maxBytes = maxBytes;
  }

  /// The next line; empty at the end of the input. The last one needs no line end.
  ///
  /// @return the line
  /// @throws IOException when the input fails
  public Optional<Line> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
    boolean isTooLong = false;
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() < maxBytes) {
        line.write(b);
      } else if (b != '\r') {
        isTooLong = true;
      }
    }
    return Optional.of(
        isTooLong ? new Line.TooLong() : new Line.Whole(withoutReturn(line.toByteArray())));
  }

  private static byte[] withoutReturn(byte[] line) {
    int length = line.length;
    return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
  }
}
