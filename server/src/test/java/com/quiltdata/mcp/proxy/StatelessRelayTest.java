package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static com.quiltdata.mcp.proxy.ProxiedClient.notification;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.proxy.ScriptedServer.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Messages of revisions without `initialize`, and the headers that they need over HTTP.
@Timeout(60)
final class StatelessRelayTest {
  private static final String TOOLS =
      """
      {"tools":[{"name":"put","inputSchema":{"type":"object","properties":{
        "bucket":{"type":"string","x-mcp-header":"Bucket"},
        "deep":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"Depth"}}},
        "force":{"type":"boolean","x-mcp-header":"Force"},
        "bad":{"type":"string","x-mcp-header":"no token"}}}}]%s}
      """;

  private static void echo(Seen request) throws IOException {
    request.result(
        request.method().equals("tools/list")
            ? TOOLS.formatted("")
            : "{\"resultType\":\"complete\"}");
  }

  @Test
  void requestTravelsAsItIsWithItsHeaders() {
    try (ScriptedServer server = ScriptedServer.answering(StatelessRelayTest::echo);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      String line = modern("7", "resources/read", "{ \"uri\" : \"test://a b\" }");
      JsonNode answer = client.send(line).hear();
      assertThat(answer.path("id").intValue()).isEqualTo(7);
      Seen seen = server.next();
      assertThat(new String(seen.body(), UTF_8)).isEqualTo(line);
      assertThat(seen.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
      assertThat(seen.header("Mcp-Method")).isEqualTo("resources/read");
      assertThat(seen.header("Mcp-Name")).isEqualTo("test://a b");
      assertThat(seen.header("Accept")).contains("application/json", "text/event-stream");
      assertThat(seen.header("Content-Type")).isEqualTo("application/json");
      assertThat(seen.header("Authorization")).isEmpty();
      assertThat(client.finish()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "resources/read; uri; auth://日本; =?base64?YXV0aDovL+aXpeacrA==?=",
        "resources/read; uri; =?base64?eA==?=; =?base64?PT9iYXNlNjQ/ZUE9PT89?=",
        "prompts/get; name; plain; plain",
        "tasks/get; taskId; t-1; t-1",
        "server/discover; name; x; ''"
      })
  void nameIsRepeatedSoThatAHeaderCanHoldIt(
      String method, String member, String name, String header) {
    try (ScriptedServer server = ScriptedServer.answering(StatelessRelayTest::echo);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("1", method, "{\"%s\":\"%s\"}".formatted(member, name))).hear();
      assertThat(server.next().header("Mcp-Name")).isEqualTo(header);
    }
  }

  @Test
  void argumentsAreRepeatedOnceTheListOfToolsHasSaidSo() {
    try (ScriptedServer server = ScriptedServer.answering(StatelessRelayTest::echo);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("1", "tools/list", "{}")).hear();
      server.next();
      client
          .send(
              modern(
                  "2",
                  "tools/call",
                  "{\"name\":\"put\",\"arguments\":{\"bucket\":\"a-bucket\",\"deep\":{\"n\":42},\"force\":true,\"bad\":\"x\"}}"))
          .hear();
      Seen call = server.next();
      assertThat(call.method()).isEqualTo("tools/call");
      assertThat(call.header("Mcp-Param-Bucket")).isEqualTo("a-bucket");
      assertThat(call.header("Mcp-Param-Depth")).isEqualTo("42");
      assertThat(call.header("Mcp-Param-Force")).isEqualTo("true");
      client
          .send(modern("3", "tools/call", "{\"name\":\"put\",\"arguments\":{\"bucket\":null}}"))
          .hear();
      assertThat(server.next().exchange().getRequestHeaders())
          .doesNotContainKey("Mcp-param-bucket");
    }
  }

  @Test
  void unknownToolIsLookedUpOnceOverAllPages() {
    ScriptedServer.Script script =
        request -> {
          boolean isFirst =
              request.method().equals("tools/list") && !request.json().path("params").has("cursor");
          if (isFirst) {
            request.result("{\"tools\":[],\"nextCursor\":\"2\"}");
          } else {
            echo(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      for (String tool : List.of("put", "put", "other", "other")) {
        client
            .send(
                modern(
                    "\"x\"",
                    "tools/call",
                    "{\"name\":\"%s\",\"arguments\":{\"bucket\":\"ü\"}}".formatted(tool)))
            .hear();
      }
      Seen list = server.next();
      assertThat(list.method()).isEqualTo("tools/list");
      assertThat(list.header("Mcp-Method")).isEqualTo("tools/list");
      assertThat(list.json().path("params").path("_meta").size()).isEqualTo(2);
      assertThat(server.next().json().path("params").path("cursor").asString()).isEqualTo("2");
      assertThat(server.next().header("Mcp-Param-Bucket")).isEqualTo("=?base64?w7w=?=");
      assertThat(server.next().header("Mcp-Param-Bucket")).isEqualTo("=?base64?w7w=?=");
      assertThat(List.of(server.next().method(), server.next().method()))
          .containsOnly("tools/list");
      assertThat(List.of(server.next().method(), server.next().method()))
          .containsOnly("tools/call");
      assertThat(client.finish()).isZero();
      assertThat(server.waiting()).isZero();
    }
  }

  @Test
  void refusedHeadersAreLearntAnew() {
    AtomicInteger lists = new AtomicInteger();
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("tools/list")) {
            request.result(
                lists.incrementAndGet() == 1
                    ? "{\"tools\":[{\"name\":\"put\"}]}"
                    : TOOLS.formatted(""));
          } else if (request.header("Mcp-Param-Bucket").isEmpty()) {
            request.json(
                400,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32020,\"message\":\"no\"}}");
          } else {
            request.result("{}");
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      String call =
          modern("1", "tools/call", "{\"name\":\"put\",\"arguments\":{\"bucket\":\"b\"}}");
      assertThat(client.send(call).hear().has("result")).isTrue();
      assertThat(lists).hasValue(2);
      String wrong = modern("2", "tools/call", "{\"name\":\"put\",\"arguments\":{}}");
      assertThat(client.send(wrong).hear().path("error").path("code").intValue()).isEqualTo(-32020);
    }
  }

  @Test
  void progressArrivesBeforeTheResult() {
    CountDownLatch isHeard = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          OutputStream stream = request.stream();
          ScriptedServer.event(
              stream,
              notification("notifications/progress", "{\"progressToken\":1,\"progress\":1}"));
          isHeard.await();
          ScriptedServer.text(stream, ": keep-alive\n\n");
          ScriptedServer.event(stream, request.answer("{}"));
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("1", "prompts/get", "{\"name\":\"p\"}"));
      assertThat(client.hear().path("method").asString()).isEqualTo("notifications/progress");
      isHeard.countDown();
      assertThat(client.hear().path("id").intValue()).isEqualTo(1);
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void requestsDoNotWaitForEachOther() {
    CountDownLatch second = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          if (request.id().equals("1")) {
            second.await();
          }
          request.result("{}");
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("1", "tools/list", "{}")).send(modern("2", "tools/list", "{}"));
      assertThat(client.hear().path("id").intValue()).isEqualTo(2);
      second.countDown();
      assertThat(client.hear().path("id").intValue()).isEqualTo(1);
    }
  }

  @Test
  void cancellationClosesTheExchangeAndNothingMoreIsSaid() throws InterruptedException {
    CountDownLatch isClosed = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          OutputStream stream = request.stream();
          ScriptedServer.event(stream, notification("notifications/message", "{}"));
          ScriptedServer.untilClosed(stream);
          isClosed.countDown();
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("\"c\"", "prompts/get", "{\"name\":\"slow\"}")).hear();
      server.next();
      client.send(notification("notifications/cancelled", "{\"requestId\":\"c\"}"));
      isClosed.await();
      client.send(notification("notifications/cancelled", "{\"requestId\":\"unknown\"}"));
      assertThat(client.finish()).isZero();
      assertThat(server.waiting()).isZero();
    }
  }

  @Test
  void cancellationBeforeAnyAnswerClosesTheExchange() throws InterruptedException {
    CountDownLatch isClosed = new CountDownLatch(1);
    CountDownLatch isCancelled = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          isCancelled.await();
          ScriptedServer.untilClosed(request.stream());
          isClosed.countDown();
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("5", "prompts/get", "{\"name\":\"slow\"}"));
      server.next();
      client.send(notification("notifications/cancelled", "{\"requestId\":5}"));
      isCancelled.countDown();
      isClosed.await();
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void notificationOfTheClientCarriesTheRevisionOfItsRequests() {
    ScriptedServer.Script script =
        request -> {
          if (request.json().has("id")) {
            request.result("{}");
          } else {
            request.accepted();
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(modern("1", "server/discover", "{}")).hear();
      server.next();
      client.send(notification("notifications/anything", "{}"));
      Seen told = server.next();
      assertThat(told.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
      assertThat(told.header("Mcp-Method")).isEqualTo("notifications/anything");
      assertThat(client.finish()).isZero();
    }
  }
}
