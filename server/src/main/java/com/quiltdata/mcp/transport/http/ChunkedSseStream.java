package com.quiltdata.mcp.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Events as chunks of one answer. Helidon's own sink sends no chunks and starts too early.
final class ChunkedSseStream implements SseStream {
  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);
  private static final byte[] MESSAGE = "event: message\n".getBytes(UTF_8);
  private static final byte[] DATA = "data: ".getBytes(UTF_8);
  private static final byte[] END = "\n\n".getBytes(UTF_8);

  private final OutputStream out;
  private boolean closed;

  ChunkedSseStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void event(byte[] data) {
    send(message("", data));
  }

  @Override
  public void event(String id, byte[] data) {
    if (id.isEmpty() || !isOneLine(id.getBytes(UTF_8)) || id.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the id of an event is one line of text");
    }
    send(message("id: " + id + "\n", data));
  }

  @Override
  public void comment() {
    send(COMMENT);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        out.close();
      } catch (IOException | RuntimeException e) {
        throw new CloseConnectionException("the client is gone", e);
      }
    }
  }

  private static byte[] message(String idLine, byte[] data) {
    if (!isOneLine(data)) {
      throw new IllegalArgumentException("the data of an event is one line");
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(data.length + idLine.length() + 32);
    text.writeBytes(MESSAGE);
    text.writeBytes(idLine.getBytes(UTF_8));
    text.writeBytes(DATA);
    text.writeBytes(data);
    text.writeBytes(END);
    return text.toByteArray();
  }

  private static boolean isOneLine(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    return true;
  }

  private void send(byte[] bytes) {
    if (closed) {
      throw new IllegalStateException("the stream is closed");
    }
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("the client is gone", e);
    }
  }
}
