package com.quiltdata.mcp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// An HTTP server that answers as a test says, well or badly.
final class ScriptedServer implements AutoCloseable {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;

  /// What a test does with a request.
  @FunctionalInterface
  interface Script {
    void answer(Seen request) throws IOException, InterruptedException;
  }

  private ScriptedServer(int port, Script script) {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Seen request = new Seen(exchange, exchange.getRequestBody().readAllBytes());
            seen.add(request);
            script.answer(request);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    http.start();
  }

  static ScriptedServer answering(Script script) {
    return new ScriptedServer(0, script);
  }

  static ScriptedServer answering(int port, Script script) {
    return new ScriptedServer(port, script);
  }

  /// A port at which nobody listens.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String url(int port) {
    return "http://127.0.0.1:%d/mcp?key=hidden".formatted(port);
  }

  String url() {
    return url(http.getAddress().getPort());
  }

  /// The next request that came.
  Seen next() {
    try {
      Seen request = seen.poll(30, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("no request came");
      }
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The next requests.
  List<Seen> seen(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  /// How many requests came that nobody looked at.
  int waiting() {
    return seen.size();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /// One request and the ways to answer it.
  ///
  /// @param exchange under way
  /// @param body as it came
  record Seen(HttpExchange exchange, byte[] body) {
    String httpMethod() {
      return exchange.getRequestMethod();
    }

    String header(String name) {
      List<String> values = exchange.getRequestHeaders().get(name);
      return values == null ? "" : String.join(",", values);
    }

    JsonNode json() {
      return body.length == 0 ? StrictJson.NODES.objectNode() : JSON.read(body);
    }

    String method() {
      return json().path("method").asString("");
    }

    String id() {
      return json().path("id").toString();
    }

    Seen with(String name, String value) {
      exchange.getResponseHeaders().set(name, value);
      return this;
    }

    void send(int status, String type, String text) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }

    void json(int status, String text) throws IOException {
      send(status, "application/json", text);
    }

    /// The usual answer, with this result.
    void result(String result) throws IOException {
      json(200, answer(result));
    }

    String answer(String result) {
      return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id(), result);
    }

    void accepted() throws IOException {
      exchange.sendResponseHeaders(202, -1);
    }

    /// Begins a stream.
    OutputStream stream() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      return exchange.getResponseBody();
    }
  }

  static void event(OutputStream stream, String data) throws IOException {
    text(stream, "event: message\ndata: " + data + "\n\n");
  }

  static void text(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(UTF_8));
    stream.flush();
  }

  /// Waits until the other side has closed the stream.
  static void untilClosed(OutputStream stream) throws InterruptedException {
    try {
      while (true) {
        text(stream, ": still here\n\n");
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (IOException _) {
      // closed
    }
  }
}
