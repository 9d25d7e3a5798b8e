package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.FaultyCall.CALL;
import static com.quiltdata.mcp.proxy.FaultyCall.READ;
import static com.quiltdata.mcp.proxy.FaultyCall.answer;
import static com.quiltdata.mcp.proxy.FaultyCall.message;
import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static com.quiltdata.mcp.proxy.ProxiedClient.notification;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.proxy.ScriptedServer.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What can go wrong on the way: what is tried again, and what the client is told.
@Timeout(60)
final class FaultsTest {
  /// Fails the first time and answers well the second.
  private static ScriptedServer.Script secondTime(ScriptedServer.Script first) {
    AtomicInteger count = new AtomicInteger();
    return request -> {
      if (request.method().equals("tools/list")) {
        request.result("{\"tools\":[]}");
      } else if (count.incrementAndGet() == 1) {
        first.answer(request);
      } else {
        request.result("{}");
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"503, 1", "503, 0", "429, 0", "503, 'Thu, 26 Nov 2026 10:00:00 GMT'", "429, ''"})
  void busyServerIsAskedAgainWhateverWasAsked(int status, String after) {
    long start = System.nanoTime();
    JsonNode answer =
        answer(
            secondTime(
                request -> request.with("Retry-After", after).send(status, "text/html", "<p>")),
            CALL);
    assertThat(answer.has("result")).isTrue();
    if (after.equals("1")) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void pauseOverAllPatienceIsToldAtOnce() {
    JsonNode answer =
        answer(
            request -> request.with("Retry-After", "600").json(503, "{\"detail\":\"full\"}"), READ);
    assertThat(message(answer)).contains("/mcp answered 503 'full'", "try again in 600 s");
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void readingIsTriedAgainBehindABadGateway(int status) {
    assertThat(
            answer(secondTime(request -> request.send(status, "text/html", "<p>")), READ)
                .has("result"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void callIsNot(int status) {
    JsonNode answer = answer(secondTime(request -> request.send(status, "text/html", "<p>")), CALL);
    assertThat(message(answer)).contains("answered " + status).doesNotContain("<p>", "hidden");
  }

  @Test
  void readingIsTriedAgainAfterAReset() {
    assertThat(answer(secondTime(FaultsTest::cut), READ).has("result")).isTrue();
  }

  @Test
  void callThatMayHaveBegunIsNot() {
    assertThat(message(answer(secondTime(FaultsTest::cut), CALL)))
        .contains("ended before the answer", "may have been done or not");
  }

  /// Closes the connection without an answer.
  private static void cut(Seen request) {
    request.exchange().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/call", "resources/read"})
  void streamThatBreaksIsAnErrorBehindWhatItSaid(String method) {
    ScriptedServer.Script script =
        request -> {
          OutputStream stream = request.stream();
          ScriptedServer.event(stream, notification("notifications/message", "{}"));
          ScriptedServer.text(stream, "data: {\"jsonrpc\":");
        };
    try (ScriptedServer server = ScriptedServer.answering(secondTime(script));
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("1", method, "{\"name\":\"x\",\"uri\":\"a:b\"}"));
      assertThat(client.hear().path("method").asString()).isEqualTo("notifications/message");
      assertThat(message(client.hear())).contains("ended before the answer");
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void serverThatComesUpIsReached() throws InterruptedException {
    int port = ScriptedServer.freePort();
    CountDownLatch isRefused = new CountDownLatch(1);
    Handler handler = listening(isRefused);
    Logger logger = Logger.getLogger("quilt.proxy");
    logger.addHandler(handler);
    logger.setLevel(Level.INFO);
    try (ProxiedClient client = ProxiedClient.of(ScriptedServer.url(port))) {
      client.send(CALL);
      isRefused.await();
      try (ScriptedServer server =
          ScriptedServer.answering(port, request -> request.result("{\"tools\":[]}"))) {
        assertThat(client.hear().has("result")).isTrue();
        assertThat(server.next().method()).endsWith("tools/call");
      }
    } finally {
      logger.setLevel(null);
      logger.removeHandler(handler);
    }
  }

  private static Handler listening(CountDownLatch isRefused) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        if (record.getMessage().equals("proxy.retry")) {
          isRefused.countDown();
        }
      }

      @Override
      public void flush() {
        // keeps nothing
      }

      @Override
      public void close() {
        // keeps nothing
      }
    };
  }

  @Test
  void serverThatDoesNotComeUpIsTold() {
    int port = ScriptedServer.freePort();
    Patience patience =
        new Patience(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(50));
    try (ProxiedClient client =
        ProxiedClient.of(
            ProxiedClient.config(
                ScriptedServer.url(port), TokenSource.none(), patience, Duration.ofSeconds(30)))) {
      assertThat(message(client.send(READ).hear()))
          .contains("http://127.0.0.1:%d/mcp cannot be reached".formatted(port))
          .doesNotContain("hidden");
    }
  }

  @Test
  void serverThatDoesNotSpeakTlsIsTold() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerPlainly(socket));
      Patience patience =
          new Patience(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(50));
      String url = "https://127.0.0.1:%d/mcp".formatted(socket.getLocalPort());
      try (ProxiedClient client =
          ProxiedClient.of(
              ProxiedClient.config(url, TokenSource.none(), patience, Duration.ofSeconds(30)))) {
        assertThat(message(client.send(READ).hear())).contains(url);
      }
    }
  }

  private static void answerPlainly(ServerSocket socket) {
    try {
      while (true) {
        try (Socket connection = socket.accept()) {
          connection.getOutputStream().write("HTTP/1.1 400 No\r\n\r\n".getBytes(US_ASCII));
        }
      }
    } catch (IOException _) {
      // the test is over
    }
  }

  @Test
  void silenceEndsARequest() {
    CountDownLatch isOver = new CountDownLatch(1);
    Patience patience =
        new Patience(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(50));
    try (ScriptedServer server = ScriptedServer.answering(_ -> isOver.await());
        ProxiedClient client =
            ProxiedClient.of(
                ProxiedClient.config(
                    server.url(), TokenSource.none(), patience, Duration.ofMillis(100)))) {
      assertThat(message(client.send(READ).hear())).contains("Nothing came from");
      isOver.countDown();
    }
  }
}
