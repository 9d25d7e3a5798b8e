package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import com.quiltdata.mcp.transport.http.RequestObserver.Observed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Origins, hosts, request ids and the record of each request.
@Timeout(30)
final class DoorTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer ask(String line, String... headers) {
    return ask(server, line, headers);
  }

  private static Answer ask(TestServer asked, String line, String... headers) {
    try (RawConnection connection = asked.connect()) {
      return connection.send(request(line, headers)).read();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /hello", "GET /nothing", "PUT /hello", "POST /boom"})
  void allowedOriginIsEchoedOnEveryAnswer(String line) {
    Answer answer = ask(line, "Origin: " + ORIGIN);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.header("access-control-expose-headers"))
        .isEqualTo("Mcp-Session-Id, X-Request-ID, WWW-Authenticate");
    assertThat(answer.header("access-control-allow-credentials")).isEmpty();
    assertThat(answer.header("vary")).isEqualTo("Origin");
  }

  @Test
  void requestWithoutOriginIsServedAndVaries() {
    Answer answer = ask("GET /hello");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("vary")).isEqualTo("Origin");
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://demo.quiltdata.com",
        "https://demo.quiltdata.com:444",
        "https://demo.quiltdata.com.evil.example",
        "https://demo.quiltdata.com/",
        "https://DEMO.quiltdata.com",
        "https://demo.quiltdata.com\r\nOrigin: https://demo.quiltdata.com",
        ""
      })
  void foreignOriginIsForbiddenEverywhere(String origin) {
    for (String line : List.of("GET /hello", "POST /echo", "OPTIONS /echo", "GET /nothing")) {
      Answer answer = ask(line, "Origin: " + origin, "Access-Control-Request-Method: POST");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("origin_not_allowed").doesNotContain("evil");
      assertThat(answer.header("vary")).isEqualTo("Origin");
      assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void preflightIsAnsweredForAnyPath() {
    Answer answer =
        ask(
            "OPTIONS /mcp/?t=1",
            "Origin: " + ORIGIN,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization,x-quilt-user-role");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.header("access-control-allow-methods"))
        .isEqualTo("GET, POST, DELETE, OPTIONS");
    assertThat(answer.header("access-control-max-age")).isEqualTo("600");
    assertThat(List.of(answer.header("access-control-allow-headers").split(", ", -1)))
        .contains("Authorization", "Content-Type", "Mcp-Session-Id", "Mcp-Method", "traceparent")
        .contains("Mcp-Param-Bucket", "X-Quilt-Available-Roles", "Cache-Control", "X-MCP-Debug")
        .doesNotContain("*");
  }

  @Test
  void errorsBeforeARequestExistsCarryTheOnlyOrigin() {
    try (RawConnection connection = server.connect()) {
      Answer answer = connection.send("rubbish\r\n\r\n").read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    }
    assertThat(ask("GET /hello?a=|", "Origin: " + ORIGIN).header("access-control-allow-origin"))
        .isEqualTo(ORIGIN);
  }

  @Test
  void everyOriginButNullMayCallWhenAskedFor() {
    HttpConfig open = TestServer.config().withOrigins(AllowedOrigins.of("*"));
    try (TestServer asked = new TestServer(open)) {
      assertThat(
              ask(asked, "GET /hello", "Origin: https://any.example")
                  .header("access-control-allow-origin"))
          .isEqualTo("https://any.example");
      assertThat(ask(asked, "GET /hello", "Origin: null").status()).isEqualTo(403);
    }
  }

  @Test
  void ownPagesMayCallOnLoopback() {
    assertThat(ask("GET /hello", "Origin: http://localhost").status()).isEqualTo(200);
    for (String other :
        List.of("https://localhost", "http://localhost:81", "http://127.0.0.1", "http://evil")) {
      assertThat(ask("GET /hello", "Origin: " + other).status()).as(other).isEqualTo(403);
    }
  }

  @Test
  void namesThatResolveHereAreNoOwnPages() {
    try (RawConnection connection = server.connect()) {
      connection.send("GET /hello HTTP/1.1\r\nHost: evil\r\nOrigin: http://evil\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:8000", "[::1]:80"})
  void loopbackNamesAreServed(String host) {
    try (RawConnection connection = server.connect()) {
      connection.send("GET /hello HTTP/1.1\r\nhost: " + host + "\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "127.0.0.2",
        "localhost.",
        "[::2]",
        "0.0.0.0"
      })
  void otherNamesAreRebindingAndForbidden(String host) {
    try (RawConnection connection = server.connect()) {
      connection.send("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("host_not_allowed");
    }
  }

  @Test
  void otherNamesAreServedWhenBoundToAllAddresses() {
    try (TestServer asked = new TestServer(TestServer.config().withAddress("0.0.0.0", 0));
        RawConnection connection = asked.connect()) {
      connection.send("GET /hello HTTP/1.1\r\nHost: demo.quiltdata.com\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void cleanRequestIdIsKept() {
    assertThat(ask("GET /hello", "X-Request-ID: a.B_c-9").header("x-request-id"))
        .isEqualTo("a.B_c-9");
    assertThat(
            ask("GET /hello", "X-Amzn-Trace-Id: Self=1-2-3;Root=1-67891233-abcdef;Sampled=1")
                .header("x-request-id"))
        .isEqualTo("1-67891233-abcdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "<script>", "", "a\tb", "{}", "a\r\nX-Request-ID: b"})
  void otherRequestIdIsReplaced(String id) {
    assertThat(ask("GET /hello", "X-Request-ID: " + id).header("x-request-id"))
        .matches("[0-9a-f]{32}");
  }

  @Test
  void longRequestIdIsReplaced() {
    assertThat(ask("GET /hello", "X-Request-ID: " + "a".repeat(129)).header("x-request-id"))
        .hasSize(32);
  }

  @Test
  void everyRequestIsObservedOnce() {
    try (TestServer asked = new TestServer(TestServer.config(), Map.of());
        RawConnection connection = asked.connect()) {
      connection.send(request("GET /hello?token=x", "X-Request-ID: one")).read();
      connection.send(request("GET /nothing", "X-Request-ID: two")).read();
      connection.send(request("POST /echo", "X-Request-ID: three", "Content-Length: +1"));
      connection.readToEnd();
      assertThat(asked.observed)
          .extracting(Observed::requestId)
          .containsExactly("one", "two", "three");
      assertThat(asked.observed).extracting(Observed::status).containsExactly(200, 404, 400);
      assertThat(asked.observed)
          .extracting(Observed::path)
          .containsExactly("/hello", "/nothing", "/echo");
      assertThat(asked.observed.getFirst().bytesOut()).isBetween(100L, 600L);
      assertThat(asked.observed.getFirst().duration()).isPositive();
      assertThat(asked.observed.getFirst().method()).isEqualTo("GET");
    }
  }

  @Test
  void failingObserverDoesNotFailTheRequest() {
    HttpServer failing =
        new HttpServer(
            TestServer.config(),
            new Readiness(),
            Map.of("/hello", TestServer.route("GET", e -> TestServer.text(e, "hello"))),
            _ -> {
              throw new IllegalStateException("observer");
            });
    try (failing) {
      failing.start();
      try (RawConnection connection = new RawConnection(failing.port())) {
        assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
        assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
      }
    }
  }
}
