package com.quiltdata.mcp.quilt.manifest;

import java.io.InputStream;
import java.util.Optional;

/// The bytes of a manifest file in the text form of the official client, made while they are read;
/// no more than one line is in memory. Not thread-safe.
///
/// Reading throws a [Fault]: what the cursor throws, [FaultCode#TOO_LARGE] naming an entry that
/// takes more than 1,000,000 bytes, and [FaultCode#INVALID_ARGUMENT] naming one that UTF-8 or JSON
/// cannot hold.
public final class ManifestStream extends InputStream {
  private final EntryCursor entries;
  private final LineWriter line = new LineWriter();
  private int at;

  private ManifestStream(EntryCursor entries) {
    this.entries = entries;
    line.header(entries.header());
  }

  /// The file of these entries.
  ///
  /// @param entries from the first; closed with the stream
  /// @return the stream
  public static ManifestStream of(EntryCursor entries) {
    return new ManifestStream(entries);
  }

  @Override
  public int read() {
    return atLine() ? line.block()[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length && atLine()) {
      int count = Math.min(length - done, line.length() - at);
      System.arraycopy(line.block(), at, bytes, offset + done, count);
      at += count;
      done += count;
    }
    return done > 0 || length == 0 ? done : -1;
  }

  /// Goes to the next line at the end of one.
  ///
  /// @return false when there is none
  private boolean atLine() {
    if (at == line.length()) {
      Optional<ManifestEntry> entry = entries.next();
      if (entry.isEmpty()) {
        return false;
      }
      line.line(entry.get());
      at = 0;
    }
    return true;
  }

  @Override
  public void close() {
    entries.close();
  }
}
