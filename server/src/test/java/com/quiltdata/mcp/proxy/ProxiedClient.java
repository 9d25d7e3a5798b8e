package com.quiltdata.mcp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A client on standard input and output of a proxy that runs in this process.
final class ProxiedClient implements AutoCloseable {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(64, 1_000_000, 100, 256));
  private static final int LINE_BYTES = 1 << 20;
  private static final int MESSAGE_BYTES = 4 << 20;

  private final Feed feed = new Feed();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StdioProxy proxy;
  private final Thread thread;

  private ProxiedClient(ProxyConfig config) {
    proxy = new StdioProxy(config, feed, new PrintStream(new Lines(heard), true, UTF_8));
    thread = Thread.ofVirtual().name("proxy").start(proxy::serve);
  }

  static ProxiedClient of(String url) {
    return of(url, TokenSource.none());
  }

  /// A client of a proxy that is in a hurry.
  static ProxiedClient of(String url, TokenSource token) {
    Patience patience =
        new Patience(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(5));
    return of(config(url, token, patience, Duration.ofSeconds(30)));
  }

  static ProxiedClient of(ProxyConfig config) {
    return new ProxiedClient(config);
  }

  static ProxyConfig config(String url, TokenSource token, Patience patience, Duration silence) {
    return new ProxyConfig(
        RemoteUrl.parse(url),
        token,
        new ProxyConfig.Limits(LINE_BYTES, MESSAGE_BYTES, 16, 8),
        patience,
        Duration.ofSeconds(2),
        silence);
  }

  /// A request in the newest revision.
  static String modern(String id, String method, String params) {
    String meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
    String inner = params.substring(1, params.length() - 1);
    return request(id, method, "{%s%s%s}".formatted(inner, inner.isEmpty() ? "" : ",", meta));
  }

  static String request(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, params);
  }

  static String notification(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":%s}".formatted(method, params);
  }

  static String initialize(String version) {
    return request(
        "\"init\"",
        "initialize",
        "{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}"
            .formatted(version));
  }

  ProxiedClient send(String line) {
    feed.add((line + "\n").getBytes(UTF_8));
    return this;
  }

  /// The next line, which must be JSON.
  JsonNode hear() {
    try {
      String line = heard.poll(30, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("the proxy is silent");
      }
      return JSON.read(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Tells the proxy to end, as a signal does.
  void stop() {
    proxy.stop();
  }

  /// Ends the input and waits for the proxy's end.
  ///
  /// @return how many lines nobody looked at
  int finish() {
    close();
    return heard.size();
  }

  @Override
  public void close() {
    feed.end();
    try {
      if (!thread.join(Duration.ofSeconds(30))) {
        throw new AssertionError("the proxy does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// An input to which bytes are added.
  private static final class Feed extends InputStream {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private byte[] current = END;
    private int at;
    private boolean hasEnded;

    void add(byte[] piece) {
      pieces.add(piece);
    }

    void end() {
      pieces.add(END);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      while (at == current.length && !hasEnded) {
        try {
          current = pieces.take();
          at = 0;
          hasEnded = current.length == 0;
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      if (hasEnded) {
        return -1;
      }
      int count = Math.min(length, current.length - at);
      System.arraycopy(current, at, bytes, from, count);
      at += count;
      return count;
    }
  }

  /// Cuts what is written into lines.
  private static final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final BlockingQueue<String> lines;

    Lines(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(int b) {
      if (b == '\n') {
        lines.add(line.toString(UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      for (byte b : Arrays.copyOfRange(bytes, from, from + length)) {
        write(b);
      }
    }
  }
}
