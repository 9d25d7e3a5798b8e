package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.FaultyCall.READ;
import static com.quiltdata.mcp.proxy.FaultyCall.answer;
import static com.quiltdata.mcp.proxy.FaultyCall.message;
import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Answers and lines that are not what they should be: what passes, and what the client is told.
@Timeout(60)
final class RefusalsTest {
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
