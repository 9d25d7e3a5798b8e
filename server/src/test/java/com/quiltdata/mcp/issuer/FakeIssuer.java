package com.quiltdata.mcp.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.auth.IssuingKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// An OAuth issuer on this machine: metadata, a key set, and bad answers where a test says so.
public final class FakeIssuer implements AutoCloseable {
  static final String OAUTH = "/.well-known/oauth-authorization-server";
  static final String OPENID = "/.well-known/openid-configuration";

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// @param isCut whether the body never comes to its end
  private record Document(int status, String body, boolean isCut) {}

  /// An issuer over HTTP without keys.
  public FakeIssuer() {
    this(Optional.empty());
  }

  /// An issuer over HTTPS without keys.
  public FakeIssuer(SSLContext tls) {
    this(Optional.of(tls));
  }

  private FakeIssuer(Optional<SSLContext> tls) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server = tls.isPresent() ? HttpsServer.create(any, 50) : HttpServer.create(any, 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (server instanceof HttpsServer secure) {
      secure.setHttpsConfigurator(new HttpsConfigurator(tls.orElseThrow()));
    }
    scheme = tls.isPresent() ? "https" : "http";
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    serve(OAUTH, 200, metadata(address().toString(), address() + "/keys"));
  }

  /// Its identifier.
  public URI address() {
    return URI.create("%s://localhost:%d".formatted(scheme, server.getAddress().getPort()));
  }

  /// What it says of itself.
  static String metadata(String issuer, String keys) {
    return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\",\"scopes_supported\":[\"openid\"]}"
        .formatted(issuer, keys);
  }

  /// Has these keys from now on.
  public void publish(IssuingKey... keys) {
    serve("/keys", 200, IssuingKey.set(keys));
  }

  /// Answers so from now on.
  public void serve(String path, int status, String body) {
    documents.put(path, new Document(status, body, false));
  }

  /// Begins an answer and never ends it.
  public void hold(String path) {
    documents.put(path, new Document(200, "{", true));
  }

  /// The paths that were asked for, and what else a request should not have.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(
        exchange.getRequestHeaders().containsKey("Authorization") ? path + " with a token" : path);
    Document document = documents.getOrDefault(path, new Document(404, "{}", false));
    byte[] body = document.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
    exchange.sendResponseHeaders(
        document.status(), document.isCut() ? 1_000 : body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    if (document.isCut()) {
      exchange.getResponseBody().flush();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
