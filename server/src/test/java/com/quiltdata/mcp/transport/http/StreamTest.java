package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static com.quiltdata.mcp.transport.http.TestServer.route;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers that are streams of events.
@Timeout(30)
final class StreamTest {
  private static final String ASK = request("GET /stream", "Origin: " + ORIGIN);

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static TestServer server(TestServer.Simple.Action action) {
    return new TestServer(TestServer.config(), Map.of("/stream", route("GET", action)));
  }

  @Test
  void eachEventLeavesAtOnce() throws InterruptedException {
    LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (TestServer server =
            server(exchange -> {
              try (SseStream stream = exchange.openStream(Map.of("Mcp-Session-Id", "session-1"))) {
                for (String next = events.take(); !next.equals("end"); next = events.take()) {
                  stream.event(utf8(next));
                }
              }
            });
        RawConnection connection = server.connect()) {
      connection.send(ASK);
      events.add("{\"n\":1}");
      Answer head = connection.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).isEqualTo("text/event-stream");
      assertThat(head.header("cache-control")).isEqualTo("no-cache, no-store, no-transform");
      assertThat(head.header("x-accel-buffering")).isEqualTo("no");
      assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
      assertThat(head.header("mcp-session-id")).isEqualTo("session-1");
      assertThat(head.header("access-control-allow-origin")).isEqualTo(ORIGIN);
      assertThat(connection.chunk()).asString().isEqualTo("event: message\ndata: {\"n\":1}\n\n");
      events.add("x".repeat(100_000));
      assertThat(connection.chunk()).hasSize(100_000 + "event: message\ndata: \n\n".length());
      events.add("end");
      assertThat(connection.chunk()).isEmpty();
      assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
    }
  }

  @Test
  void unreadBodyDoesNotEndTheStreamByItsTimer() {
    HttpConfig config =
        TestServer.config().withTimers(SlowClientTest.timers(Duration.ofMillis(200)));
    Route route =
        route(
            "GET",
            exchange -> {
              try (SseStream stream = exchange.openStream(Map.of())) {
                stream.comment();
                Thread.sleep(600);
                stream.event(utf8("{}"));
              }
            });
    try (TestServer server = new TestServer(config, Map.of("/stream", route));
        RawConnection connection = server.connect()) {
      Answer answer = connection.send(request("GET /stream", "Content-Length: 9") + "12").read();
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.body()).endsWith("data: {}\n\n");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void idsAndCommentsAreWritten() {
    try (TestServer server =
            server(exchange -> {
              try (SseStream stream = exchange.openStream(Map.of())) {
                stream.event("id-7", utf8("{}"));
                stream.comment();
              }
            });
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).read().body())
          .isEqualTo("event: message\nid: id-7\ndata: {}\n\n:\n\n");
    }
  }

  @Test
  void dataOfTwoLinesIsADefect() {
    try (TestServer server =
            server(exchange -> {
              try (SseStream stream = exchange.openStream(Map.of())) {
                stream.event(utf8("a\nb"));
              }
            });
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).readToEnd()).doesNotContain("a\nb");
    }
  }

  @Test
  void routeMayDecideLateBetweenAStreamAndAnAnswer() {
    try (TestServer server =
            server(exchange -> {
              Thread.sleep(50);
              throw new Refusal(404, "unknown_session", "there is no such session");
            });
        RawConnection connection = server.connect()) {
      Answer answer = connection.send(ASK).read();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("unknown_session");
      assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
    }
  }

  @Test
  void failureBehindTheFirstEventCutsTheStreamWithoutALastChunk() {
    try (TestServer server =
            server(exchange -> {
              exchange.openStream(Map.of()).event(utf8("{}"));
              throw new IllegalStateException(TestServer.SECRET_TEXT);
            });
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).readToEnd())
          .contains("data: {}")
          .doesNotContain("jdbc", "500", "0\r\n\r\n");
    }
  }

  @Test
  void writeToAClientThatHasGoneEndsTheRouteQuietly() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (TestServer server =
        server(exchange -> {
          try (SseStream stream = exchange.openStream(Map.of())) {
            while (true) {
              stream.event(utf8("x".repeat(1_000)));
            }
          } finally {
            ended.countDown();
          }
        })) {
      try (RawConnection connection = server.connect()) {
        connection.send(ASK).readHead();
      }
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void streamThatTheRouteForgetsToCloseIsClosed() {
    try (TestServer server = server(exchange -> exchange.openStream(Map.of()).comment());
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).read().body()).isEqualTo(":\n\n");
      assertThat(connection.send(request("GET /hello")).read().body()).isEqualTo("hello");
    }
  }

  @Test
  void secondAnswerIsADefectThatDoesNotReachTheClient() {
    try (TestServer server =
            server(exchange -> {
              TestServer.text(exchange, "one");
              TestServer.text(exchange, "two");
            });
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).readToEnd())
          .containsOnlyOnce("HTTP/1.1 ")
          .contains("one")
          .doesNotContain("two");
    }
  }

  @Test
  void routeWithoutAnAnswerIsADefect() {
    try (TestServer server = server(_ -> {});
        RawConnection connection = server.connect()) {
      assertThat(connection.send(ASK).read().status()).isEqualTo(500);
    }
  }

  @Test
  void headerWithALineBreakIsADefect() {
    try (TestServer server =
            server(exchange ->
                exchange.answer(200, "text/plain", new byte[0], Map.of("X-A", "b\r\nX-Evil: c")));
        RawConnection connection = server.connect()) {
      Answer answer = connection.send(ASK).read();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("x-evil")).isEmpty();
    }
  }
}
