package com.quiltdata.mcp.transport.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;

/// Writes an answer in pieces, each with a deadline of its own, so that a client which takes
/// nothing is told from one that is slow.
final class TimedWriter implements DataWriter {
  private static final int PIECE_BYTES = 64 << 10;

  private final DataWriter writer;
  private final ConnectionGuard guard;

  TimedWriter(DataWriter writer, ConnectionGuard guard) {
    this.writer = writer;
    this.guard = guard;
  }

  @Override
  public void write(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      writeNow(buffer);
    }
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    write(buffers);
  }

  @Override
  public void writeNow(BufferData buffer) {
    if (buffer.available() <= PIECE_BYTES) {
      piece(buffer);
      return;
    }
    byte[] piece = new byte[PIECE_BYTES];
    while (buffer.available() > 0) {
      int length = buffer.read(piece, 0, Math.min(PIECE_BYTES, buffer.available()));
      piece(BufferData.create(piece, 0, length));
    }
  }

  private void piece(BufferData buffer) {
    int length = buffer.available();
    guard.writeStarted();
    try {
      writer.writeNow(buffer);
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("the client takes no answer", e);
    } finally {
      guard.writeEnded(length);
    }
  }
}
