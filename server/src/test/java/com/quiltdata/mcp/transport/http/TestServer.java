package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.transport.http.RequestObserver.Observed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A running server with a few routes of every kind.
final class TestServer implements AutoCloseable {
  static final String SECRET_TEXT = "jdbc:secret at /home/someone";
  static final String ORIGIN = "https://demo.quiltdata.com";

  private static final HttpTimers SHORT =
      new HttpTimers(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          0,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(40),
          Duration.ofMillis(300),
          Duration.ofSeconds(5),
          Duration.ofMillis(20));

  final Readiness readiness = new Readiness();
  final List<Observed> observed = new CopyOnWriteArrayList<>();
  final HttpServer server;

  TestServer(HttpConfig config, Map<String, Route> more) {
    Map<String, Route> routes = new HashMap<>(routes());
    routes.putAll(more);
    readiness.markReady();
    server = new HttpServer(config, readiness, routes, observed::add);
    server.start();
  }

  TestServer(HttpConfig config) {
    this(config, Map.of());
  }

  TestServer() {
    this(config());
  }

  /// Any port, one allowed origin, a fast sweeper, an end without waiting.
  static HttpConfig config() {
    return HttpConfig.defaults()
        .withAddress("127.0.0.1", 0)
        .withOrigins(AllowedOrigins.of(ORIGIN))
        .withTimers(SHORT)
        .withDrain(DrainTimers.immediate());
  }

  /// Answers something to some methods.
  record Simple(Set<String> methods, Action action) implements Route {
    interface Action {
      void run(Exchange exchange) throws Exception;
    }

    @Override
    public void handle(Exchange exchange) throws Exception {
      action.run(exchange);
    }
  }

  static Route route(String method, Simple.Action action) {
    return new Simple(Set.of(method), action);
  }

  static void text(Exchange exchange, String text) {
    exchange.answer(200, "text/plain", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Map<String, Route> routes() {
    Route hello = new Simple(Set.of("GET", "HEAD"), exchange -> text(exchange, "hello"));
    return Map.of(
        "/hello",
        hello,
        "/echo",
        route("POST", exchange -> exchange.answer(200, "text/plain", exchange.readBody(1 << 20))),
        "/small",
        route("POST", exchange -> exchange.answer(200, "text/plain", exchange.readBody(10))),
        "/unread",
        route("POST", exchange -> exchange.answer(401, "text/plain", new byte[] {'n', 'o'})),
        "/boom",
        route(
            "POST",
            _ -> {
              throw new IllegalStateException(SECRET_TEXT);
            }));
  }

  int port() {
    return server.port();
  }

  RawConnection connect() {
    return new RawConnection(port());
  }

  @Override
  public void close() {
    server.close();
  }
}
