package com.quiltdata.mcp.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.UsedSecrets;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A catalog and its registry on one port: it gives credentials for the tokens it knows, and
/// answers badly where a test says so.
public final class FakeRegistry implements AutoCloseable {
  /// Part of all credentials that it gives.
  public static final String SECRET = UsedSecrets.note("registry-secret-key");

  static final String SESSION = UsedSecrets.note("registry-session-token");

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Optional<Bad> bad = Optional.empty();
  private volatile Optional<String> configured = Optional.empty();

  /// A bad answer about a token.
  ///
  /// @param body of so many bytes is announced
  /// @param isCut whether it never comes to its end
  record Bad(int status, String body, boolean isCut) {}

  /// Starts one.
  public FakeRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Its address.
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What was asked: method, path and the Authorization header.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /// Lets a token have credentials.
  ///
  /// @param key the id of its access key
  public void know(String token, String key) {
    known.put("Bearer " + token, key);
  }

  /// Answers so about all tokens.
  void answer(int status, String body, boolean isCut) {
    bad = Optional.of(new Bad(status, body, isCut));
  }

  /// Says in `config.json` that the registry is elsewhere.
  void configure(String json) {
    configured = Optional.of(json);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String header =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    String path = exchange.getRequestURI().getPath();
    asked.add((exchange.getRequestMethod() + " " + path + " " + header).strip());
    if (path.equals("/config.json")) {
      send(
          exchange,
          200,
          configured.orElseGet(() -> "{\"registryUrl\":\"%s/reg\"}".formatted(address())));
    } else if (bad.isPresent()) {
      exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
      if (bad.get().isCut()) {
        exchange.sendResponseHeaders(bad.get().status(), 1_000);
        exchange.getResponseBody().write(bad.get().body().getBytes(UTF_8));
        exchange.getResponseBody().flush();
        await();
        exchange.close();
      } else {
        send(exchange, bad.get().status(), bad.get().body());
      }
    } else if (known.containsKey(header)) {
      send(exchange, 200, credentials(known.getOrDefault(header, "")));
    } else {
      send(exchange, 401, "{\"message\":\"no\"}");
    }
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String credentials(String key) {
    return """
    {"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s","Expiration":"2040-01-01T00:00:00+00:00"}
    """
        .formatted(key, SECRET, SESSION);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
