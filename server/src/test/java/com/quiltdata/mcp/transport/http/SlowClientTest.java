package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.route;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that let the server wait. Time itself is tested here.
@Timeout(30)
final class SlowClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration SWEEP = Duration.ofMillis(20);

  /// The same time for everything that a client can delay.
  static HttpTimers timers(Duration time) {
    return new HttpTimers(time, time, time, 0, time, time, time, SHORT, time, SWEEP);
  }

  private static HttpTimers timers(
      Duration header, Duration body, Duration window, Duration write, Duration idle) {
    return new HttpTimers(header, body, window, 1_024, write, idle, SWEEP, SHORT, idle, SWEEP);
  }

  private static TestServer server(HttpTimers timers, Map<String, Route> routes) {
    return new TestServer(TestServer.config().withTimers(timers), routes);
  }

  private static boolean isEndedWhileDripping(RawConnection connection, String drop)
      throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      connection.sendQuietly(drop.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      if (connection.isEndedWithin(Duration.ofMillis(50))) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }

  @Test
  void headerByDropsIsEnded() throws InterruptedException {
    try (TestServer server = server(timers(SHORT, LONG, LONG, LONG, LONG), Map.of());
        RawConnection connection = server.connect()) {
      connection.send("GET /hello HTTP/1.1\r\n");
      assertThat(isEndedWhileDripping(connection, "X-A: b\r\n")).isTrue();
    }
  }

  @Test
  void secondHeaderOfAConnectionIsTimedAsWell() {
    try (TestServer server = server(timers(SHORT, LONG, LONG, LONG, LONG), Map.of());
        RawConnection connection = server.connect()) {
      connection.send(request("GET /hello") + "GET /hel");
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.isEndedWithin(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void bodyByDropsIsEndedByItsWholeTime() throws InterruptedException {
    try (TestServer server = server(timers(LONG, SHORT, LONG, LONG, LONG), Map.of());
        RawConnection connection = server.connect()) {
      connection.send(request("POST /echo", "Content-Length: 1000000"));
      assertThat(isEndedWhileDripping(connection, "x".repeat(1000))).isTrue();
    }
  }

  @Test
  void bodyByDropsIsEndedByItsSpeed() throws InterruptedException {
    try (TestServer server = server(timers(LONG, LONG, SHORT, LONG, LONG), Map.of());
        RawConnection connection = server.connect()) {
      connection.send(request("POST /echo", "Transfer-Encoding: chunked"));
      assertThat(isEndedWhileDripping(connection, "1\r\nx\r\n")).isTrue();
    }
  }

  @Test
  void bodyThatIsFastEnoughIsReadToItsEnd() throws InterruptedException {
    Duration second = Duration.ofSeconds(1);
    try (TestServer server = server(timers(LONG, LONG, second, LONG, LONG), Map.of());
        RawConnection connection = server.connect()) {
      connection.send(request("POST /echo", "Content-Length: 20000"));
      for (int i = 0; i < 20; i++) {
        connection.send("x".repeat(1_000));
        Thread.sleep(60);
      }
      assertThat(connection.read().body()).hasSize(20_000);
    }
  }

  @Test
  void clientThatReadsNothingIsEnded() {
    Route huge = route("GET", exchange -> exchange.answer(200, "text/plain", new byte[40 << 20]));
    try (TestServer server = server(timers(LONG, LONG, LONG, SHORT, LONG), Map.of("/huge", huge));
        RawConnection connection = server.connect()) {
      connection.send(request("GET /huge"));
      for (int i = 0; i < 500 && server.observed.isEmpty(); i++) {
        pause();
      }
      assertThat(server.observed).hasSize(1);
      assertThat(connection.readToEnd().length()).isLessThan(40 << 20);
    }
  }

  @Test
  void idleConnectionIsEndedButALongCallIsNot() {
    Route slow =
        route(
            "GET",
            exchange -> {
              Thread.sleep(900);
              TestServer.text(exchange, "done");
            });
    try (TestServer server = server(timers(LONG, LONG, LONG, LONG, SHORT), Map.of("/slow", slow));
        RawConnection connection = server.connect()) {
      assertThat(connection.send(request("GET /slow")).read().body()).isEqualTo("done");
      assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
      assertThat(connection.isEndedWithin(Duration.ofSeconds(5))).isTrue();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
