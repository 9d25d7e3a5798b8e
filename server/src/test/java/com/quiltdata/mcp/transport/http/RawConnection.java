package com.quiltdata.mcp.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends exactly the bytes of a test and reads answers without mercy.
final class RawConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;

  /// One answer. Header names are in lower case, a byte of the body is a character.
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A request line with the header that every request needs.
  static String request(String line, String... headers) {
    StringBuilder text = new StringBuilder(line + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  RawConnection send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  RawConnection send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends as far as the server takes it.
  RawConnection sendQuietly(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException _) {
      // The server has closed; what it said is what counts.
    }
    return this;
  }

  /// Reads one answer to anything but HEAD.
  Answer read() {
    return read(true);
  }

  /// Reads the head of one answer.
  Answer readHead() {
    return read(false);
  }

  private Answer read(boolean withBody) {
    String statusLine = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + " | " + b);
    }
    byte[] body = new byte[0];
    if (withBody && headers.containsKey("content-length")) {
      body = bytes(Integer.parseInt(headers.get("content-length")));
    } else if (withBody && headers.containsKey("transfer-encoding")) {
      body = chunks();
    }
    return new Answer(
        Integer.parseInt(statusLine.split(" ", -1)[1]), headers, new String(body, ISO_8859_1));
  }

  private byte[] chunks() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
      body.writeBytes(chunk);
    }
    return body.toByteArray();
  }

  /// Reads one chunk of a stream, empty at its end.
  byte[] chunk() {
    byte[] chunk = bytes(Integer.parseInt(line(), 16));
    line();
    return chunk;
  }

  /// Whether the server has ended the connection, by FIN or reset, within a time and without
  /// sending anything more.
  boolean isEndedWithin(Duration time) {
    try {
      socket.setSoTimeout((int) time.toMillis());
      return socket.getInputStream().read() == -1;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (SocketException _) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      patience(PATIENCE);
    }
  }

  /// Whether the server has ended the connection, or does so in less than its idle time.
  boolean isEnded() {
    return isEndedWithin(Duration.ofSeconds(2));
  }

  /// Everything up to the end of the connection.
  String readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[64 << 10];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        all.write(buffer, 0, length);
      }
    } catch (SocketException _) {
      // A reset is an end as well.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString(ISO_8859_1);
  }

  /// Says that nothing more will come.
  void finish() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes away without a word.
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    leave();
  }

  /// Goes away politely.
  void leave() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void patience(Duration time) {
    try {
      socket.setSoTimeout((int) time.toMillis());
    } catch (SocketException _) {
      // It is closed.
    }
  }

  private byte[] bytes(int length) {
    try {
      byte[] bytes = socket.getInputStream().readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the answer ends early");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      byte[] next = bytes(1);
      if (next[0] == '\n') {
        return line.toString(ISO_8859_1).stripTrailing();
      }
      line.write(next[0]);
    }
  }
}
