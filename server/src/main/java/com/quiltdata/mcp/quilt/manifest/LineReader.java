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
  // Not zero when a byte of the line is not plain.
  private long odd;

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
    odd = 0;
    int at = start;
    while (true) {
      at = scan(at);
      if (at < filled) {
        return endLine(at, at + 1);
      }
      if (at - start > limits.lineBytes()) {
        throw tooLong();
      }
      int length = at - start;
      boolean more = fill();
      at = start + length;
      if (!more) {
        return length > 0 && endLine(at, at);
      }
    }
  }

  /// Goes to the next line if it has these very bytes, which are plain, and is in the buffer.
  ///
  /// @return false when it is another line, or nobody knows yet
  boolean advanceIfSame(byte[] line, int from, int to) {
    int stop = next + to - from;
    if (stop >= filled
        || buffer[stop] != '\n'
        || !Arrays.equals(buffer, next, stop, line, from, to)) {
      return false;
    }
    start = next;
    odd = 0;
    return endLine(stop, stop + 1);
  }

  /// Looks for a line feed, and on the way for bytes that are not plain.
  ///
  /// @return its place, or where the bytes end
  private int scan(int from) {
    // Locals, so that the loop over every byte of a manifest touches no field.
    byte[] bytes = buffer;
    int stop = filled;
    long found = odd;
    int at = from;
    for (; at + EightBytes.COUNT <= stop; at += EightBytes.COUNT) {
      long word = EightBytes.at(bytes, at);
      long unusual = EightBytes.notAscii(word) | EightBytes.equal(word, '\\');
      long controls = EightBytes.controls(word);
      if (controls != 0) {
        int place = at + EightBytes.first(controls);
        odd = found | EightBytes.before(unusual, controls);
        return bytes[place] == '\n' ? place : scanByBytes(place);
      }
      found |= unusual;
    }
    odd = found;
    return scanByBytes(at);
  }

  private int scanByBytes(int from) {
    int at = from;
    while (at < filled && buffer[at] != '\n') {
      byte b = buffer[at];
      if (b < ' ' || b == 0x7f || b == '\\') {
        odd = 1;
      }
      at++;
    }
    return at;
  }

  private boolean endLine(int lineEnd, int nextStart) {
    end = lineEnd;
    next = nextStart;
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

  /// Whether the line is ASCII without back-slashes and control characters.
  boolean isPlain() {
    return odd == 0;
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
