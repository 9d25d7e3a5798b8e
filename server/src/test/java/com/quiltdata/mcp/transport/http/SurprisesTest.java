package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.route;
import static com.quiltdata.mcp.transport.http.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One test for each of the ten ways in which Helidon's server differs from what one would expect.
@Timeout(30)
final class SurprisesTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  @Test
  void firstNoReadTimerExistsSoTheGuardEndsAStoppedRequest() {
    HttpTimers timers = SlowClientTest.timers(Duration.ofMillis(200));
    try (TestServer server = new TestServer(TestServer.config().withTimers(timers));
        RawConnection head = server.connect();
        RawConnection body = server.connect()) {
      head.send("GET /hello HTTP/1.1\r\nHo");
      body.send(request("POST /echo", "Content-Length: 10") + "12345");
      assertThat(head.isEnded()).isTrue();
      assertThat(body.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "foo, CLOSE", "close, te"})
  void secondConnectionCloseReallyCloses(String value) {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      Answer answer = connection.send(request("GET /hello", "Connection: " + value)).read();
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n\r\n",
        "POST /small HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n",
        "POST /small HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void thirdNothingIsReadBehindA413Or400(String start) {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      connection.send(start + request("GET /hello") + request("GET /hello"));
      Answer answer = connection.read();
      assertThat(answer.status()).isIn(400, 413);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void fourthTwoLengthsAreNoRequest() {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      connection.send(
          request("POST /echo", "Content-Length: 0", "Content-Length: 33") + request("GET /hello"));
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void fifthHeadHasNoBodyAndTheNextAnswerIsReadable() {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      Answer head = connection.send(request("HEAD /hello")).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo("5");
      assertThat(connection.send(request("HEAD /nothing")).readHead().status()).isEqualTo(404);
      assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
    }
  }

  @Test
  void sixthNoTextOfAnExceptionLeaves() {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      connection.send(
          request("POST /boom", "X-Request-ID: abc-1")
              + request("POST /boom", "Connection: close"));
      String all = connection.readToEnd();
      assertThat(all)
          .contains("HTTP/1.1 500", "\"request_id\":\"abc-1\"", "internal_error")
          .doesNotContain("jdbc", "IllegalState", "Exception", "com.quiltdata");
    }
  }

  @Test
  void seventhASilentConnectionIsTimed() {
    HttpTimers timers = SlowClientTest.timers(Duration.ofMillis(200));
    try (TestServer server = new TestServer(TestServer.config().withTimers(timers));
        RawConnection connection = server.connect()) {
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void seventhOldHttpAndGarbageAreAnswered() {
    try (TestServer server = new TestServer();
        RawConnection old = server.connect();
        RawConnection garbage = server.connect();
        RawConnection http2 = server.connect()) {
      Answer answer = old.send("GET /hello HTTP/1.0\r\n\r\n").read();
      assertThat(answer.status()).isEqualTo(505);
      assertThat(answer.body()).contains("http_version_not_supported");
      assertThat(old.isEnded()).isTrue();
      assertThat(garbage.send("\u0016\u0003\u0001\u0002\r\n\r\n").read().status()).isEqualTo(400);
      assertThat(garbage.isEnded()).isTrue();
      assertThat(http2.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").read().status()).isEqualTo(400);
      assertThat(http2.isEnded()).isTrue();
    }
  }

  @Test
  void eighthAnInterruptedThreadGivesOneAnswerAndTheConnectionEnds() {
    Route interrupted =
        route(
            "POST",
            exchange -> {
              exchange.readBody(100);
              Thread.currentThread().interrupt();
              text(exchange, "once");
            });
    Route later =
        route(
            "POST",
            exchange -> {
              exchange.readBody(100);
              text(exchange, "once");
              Thread.currentThread().interrupt();
            });
    try (TestServer server =
        new TestServer(TestServer.config(), Map.of("/before", interrupted, "/after", later))) {
      for (String path : new String[] {"/before", "/after"}) {
        try (RawConnection connection = server.connect()) {
          connection.send(request("POST " + path, "Content-Length: 2") + "ab");
          assertThat(connection.read().body()).isEqualTo("once");
          assertThat(connection.isEnded()).isTrue();
        }
      }
    }
  }

  @Test
  void ninthAWatchedCallLeavesTheConnectionReadable() throws InterruptedException {
    Route slow =
        route(
            "GET",
            exchange -> {
              exchange.watch(() -> {});
              Thread.sleep(300);
              text(exchange, "slow");
            });
    try (TestServer server = new TestServer(TestServer.config(), Map.of("/slow", slow));
        RawConnection connection = server.connect()) {
      assertThat(connection.send(request("GET /slow")).read().body()).isEqualTo("slow");
      assertThat(connection.send(request("GET /slow")).read().body()).isEqualTo("slow");
      assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhelloXX0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "5;a=b\r\nhello\r\n0\r\n\r\n",
        "zz\r\n",
        "5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
        "5\nhello\n0\n\n",
        "7fffffff\r\n",
        "ffffffffff\r\n"
      })
  void tenthABrokenChunkDoesNotHang(String body) {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      connection.send(request("POST /echo", CHUNKED) + body + request("GET /hello"));
      assertThat(connection.read().status()).isIn(400, 413);
      assertThat(connection.isEnded()).isTrue();
    }
  }
}
