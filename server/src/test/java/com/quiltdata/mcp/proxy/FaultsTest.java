package com.quiltdata.mcp.proxy;

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
  private static final String READ = modern("1", "resources/read", "{\"uri\":\"a:b\"}");
  private static final String CALL = modern("1", "tools/call", "{\"name\":\"x\"}");

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

  private static String message(JsonNode answer) {
    assertThat(answer.path("id").intValue()).isEqualTo(1);
    assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32603);
    return answer.path("error").path("message").asString();
  }

  private static JsonNode answer(ScriptedServer.Script script, String line) {
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      JsonNode answer = client.send(line).hear();
      assertThat(client.finish()).isZero();
      return answer;
    }
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
  void eventThatIsNoMessageIsLeftOut() {
    ScriptedServer.Script script =
        request -> {
          OutputStream stream = request.stream();
          ScriptedServer.event(stream, "<p>");
          ScriptedServer.event(stream, "{\"jsonrpc\":\"2.0\"}");
          ScriptedServer.event(stream, "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}");
          ScriptedServer.event(stream, request.answer("{\"a\":\ndata: 1}"));
        };
    assertThat(answer(script, READ).path("result").path("a").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "403; text/html; <html>; 403. The token does not allow this",
        "403; application/json; {\"error\":\"forbidden\",\"detail\":\"no such right\"}; 403 'no such right'",
        "404; text/html; <html>; its path is mostly /mcp",
        "405; text/plain; no; its path is mostly /mcp",
        "413; application/json; {\"error\":\"too_large\"}; send less at once",
        "418; text/plain; teapot; answered 418 'teapot'",
        "500; text/html; <html>; answered 500",
        "200; text/html; <html>; 'text/html', which is no MCP message",
        "200; application/json; {\"a\":1}; which is no MCP message",
        "200; application/json; ``; which is no MCP message",
        "200; text/event-stream; ``; ended before the answer",
        "202; text/plain; ``; which is no MCP message",
        "401; application/json; {\"error\":\"missing_authorization\",\"detail\":\"say who\"}; 401 'say who'. Start the proxy with --token-file",
      })
  void refusalSaysWhatToDo(int status, String type, String body, String told) {
    JsonNode answer = answer(request -> request.send(status, type, body), READ);
    assertThat(message(answer)).contains(told).doesNotContain("<html>", "hidden");
  }

  @Test
  void redirectIsNotFollowed() {
    JsonNode answer =
        answer(
            request ->
                request
                    .with("Location", "https://other.example/mcp?t=secret")
                    .send(307, "text/html", ""),
            READ);
    assertThat(message(answer)).contains("'https://other.example/mcp'").doesNotContain("secret");
  }

  @Test
  void errorOfTheProtocolPassesUnderTheIdOfItsRequest() {
    String error = "{\"code\":-32022,\"message\":\"Unsupported\",\"data\":{\"supported\":[\"x\"]}}";
    for (String id : new String[] {"null", "\"server-error\"", "1"}) {
      for (int status : new int[] {400, 404, 200}) {
        JsonNode answer =
            answer(
                request ->
                    request.json(
                        status,
                        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":%s}".formatted(id, error)),
                READ);
        assertThat(answer.path("id").intValue()).isEqualTo(1);
        assertThat(answer.path("error").toString()).isEqualTo(error);
      }
    }
  }

  @Test
  void prettyAnswerIsOneLine() {
    JsonNode answer =
        answer(request -> request.json(200, request.answer("{\r\n\t\"a\" : [\n1 ]\r}")), READ);
    assertThat(answer.path("result").path("a").path(0).intValue()).isEqualTo(1);
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

  @Test
  void hugeLinesAndAnswersAreRefused() {
    String filler = "x".repeat(5 << 20);
    ScriptedServer.Script script =
        request -> {
          if (request.id().equals("2")) {
            ScriptedServer.event(request.stream(), request.answer("\"" + filler + "\""));
          } else {
            request.result("\"" + filler + "\"");
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("0", "resources/read", "{\"uri\":\"%s\"}".formatted(filler)));
      JsonNode tooLong = client.hear();
      assertThat(tooLong.path("id").isNull()).isTrue();
      assertThat(tooLong.path("error").path("code").intValue()).isEqualTo(-32700);
      assertThat(message(client.send(READ).hear())).contains("over 4194304 bytes");
      client.send(READ.replace("\"id\":1", "\"id\":2"));
      assertThat(client.hear().path("error").path("message").asString())
          .contains("over 4194304 bytes");
      assertThat(server.next().id()).isEqualTo("1");
    }
  }

  @Test
  void largeAnswersPassWhole() {
    String filler = "é".repeat(1 << 20);
    JsonNode answer =
        answer(
            request ->
                ScriptedServer.event(
                    request.stream(), request.answer("{\"t\":\"" + filler + "\"}")),
            READ);
    assertThat(answer.path("result").path("t").asString()).isEqualTo(filler);
  }

  @Test
  void manyAtOnceWaitForTheirTurnAndTooManyAreRefused() {
    CountDownLatch isOver = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("ping")) {
            request.result("{}");
            return;
          }
          isOver.await();
          request.result("{}");
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      for (int i = 0; i < 14; i++) {
        client.send(READ.replace("\"id\":1", "\"id\":" + (100 + i)));
      }
      client.send(modern("\"alive\"", "ping", "{}"));
      assertThat(client.hear().path("id").asString()).isEqualTo("alive");
      assertThat(server.seen(9)).filteredOn(seen -> !seen.method().equals("ping")).hasSize(8);
      assertThat(server.waiting()).isZero();
      for (int i = 14; i < 18; i++) {
        client.send(READ.replace("\"id\":1", "\"id\":" + (100 + i)));
      }
      JsonNode refused = client.hear();
      assertThat(refused.path("error").path("message").asString()).contains("16 messages");
      isOver.countDown();
      int results = 0;
      for (int i = 0; i < 17; i++) {
        results += client.hear().has("result") ? 1 : 0;
      }
      // One less when the ping was still counted.
      assertThat(results).isIn(15, 16);
      assertThat(client.finish()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":1}; -32600",
        "[]; -32600",
        "7; -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"x\"}; -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}; -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[]}; -32600"
      })
  void linesThatAreNoMessageGoNowhere(String line, int code) {
    try (ScriptedServer server = ScriptedServer.answering(request -> request.result("{}"));
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send("").send(line);
      assertThat(client.hear().path("error").path("code").intValue()).isEqualTo(code);
      assertThat(client.finish()).isZero();
      assertThat(server.waiting()).isZero();
    }
  }

  @Test
  void requestUnderWayWhenTheInputEndsHasAMoment() {
    CountDownLatch hasCome = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          hasCome.countDown();
          request.result("{}");
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(READ);
      assertThat(client.finish()).isEqualTo(1);
      assertThat(hasCome.getCount()).isZero();
      assertThat(client.hear().has("result")).isTrue();
    }
  }

  @Test
  void requestThatTakesLongerIsAnsweredWithAnErrorAndLeft() {
    CountDownLatch isOver = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answering(_ -> isOver.await());
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(READ);
      server.next();
      assertThat(client.finish()).isEqualTo(1);
      assertThat(message(client.hear())).contains("its input has ended");
      isOver.countDown();
    }
  }
}
