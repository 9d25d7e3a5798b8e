package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Cuts a stream of bytes at line feeds, and at nothing else, without copying the lines.
final class LineReader implements AutoCloseable {
  private static final int BLOCK = 65_536;

  private final InputStream in;
  private final String name;
  private final ManifestLimits limits;
  private byte[] buffer = new byte[BLOCK];
  private int filled;
  private int start;
  private int end;
  private int next;
  private int number;
  private long total;
  private boolean plain;

  LineReader(InputStream in, String name, ManifestLimits limits) {
    this.in = in;
    this.name = name;
    this.limits = limits;
  }

  /// Goes to the next line; the one before may be overwritten.
  ///
  /// @return false when there is none
  boolean advance() {
    start = next;
    int at = start;
    // Bits of all bytes so far, and whether one was a back-slash.
    int bits = 0;
    boolean escape = false;
    while (true) {
      // Locals, so that the loop over every byte of a manifest touches no field.
      byte[] bytes = buffer;
      int stop = filled;
      while (at < stop) {
        byte b = bytes[at];
        if (b == '\n') {
          return endLine(at, at + 1, bits >= 0 && !escape);
        }
        bits |= b;
        escape |= b == '\\';
        at++;
      }
      if (at - start > limits.lineBytes()) {
        throw tooLong();
      }
      int length = at - start;
      boolean more = fill();
      at = start + length;
      if (!more) {
        return length > 0 && endLine(at, at, bits >= 0 && !escape);
      }
    }
  }

  private boolean endLine(int lineEnd, int nextStart, boolean isPlain) {
    end = lineEnd;
    next = nextStart;
    plain = isPlain;
    number++;
    if (end - start > limits.lineBytes()) {
      number--;
      throw tooLong();
    }
    if (number > limits.lines()) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "Manifest %s has more than %d lines".formatted(name, limits.lines()));
    }
    return true;
  }

  private Fault tooLong() {
    return new Fault(
        FaultCode.TOO_LARGE,
        "Manifest %s, line %d: longer than %d bytes"
            .formatted(name, number + 1, limits.lineBytes()));
  }

  /// Reads more behind the line that is begun, which may move to the front.
  private boolean fill() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      next -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    try {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        return false;
      }
      filled += read;
      total += read;
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "Manifest %s could not be read to its end".formatted(name),
          e);
    }
    if (total > limits.bytes()) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "Manifest %s has more than %d bytes".formatted(name, limits.bytes()));
    }
    return true;
  }

  /// Holds the line until the next [#advance].
  byte[] buffer() {
    return buffer;
  }

  /// Where the line begins in the buffer.
  int offset() {
    return start;
  }

  /// How many bytes the line has, without its end.
  int length() {
    return end - start;
  }

  /// Whether the line is ASCII without a back-slash.
  boolean isPlain() {
    return plain;
  }

  /// The number of the line, from 1.
  int number() {
    return number;
  }

  /// All bytes that were read so far.
  long bytesRead() {
    return total;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE, "Manifest %s could not be closed".formatted(name), e);
    }
  }
}
