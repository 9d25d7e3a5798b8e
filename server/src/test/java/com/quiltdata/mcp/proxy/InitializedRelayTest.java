package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.ProxiedClient.initialize;
import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static com.quiltdata.mcp.proxy.ProxiedClient.notification;
import static com.quiltdata.mcp.proxy.ProxiedClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.proxy.ScriptedServer.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Messages of revisions that begin with `initialize`: session, stream, order.
@Timeout(60)
final class InitializedRelayTest {
  private static final String AGREED =
      "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";

  /// A server with a session, without a stream of its own.
  private static void serve(Seen request) throws IOException {
    switch (request.httpMethod()) {
      case "POST" -> {
        if (request.method().equals("initialize")) {
          request.with("Mcp-Session-Id", "s-1").result(AGREED);
        } else if (request.json().has("method") && request.json().has("id")) {
          request.result("{}");
        } else {
          request.accepted();
        }
      }
      default -> request.send(405, "application/json", "{}");
    }
  }

  private static ProxiedClient opened(ScriptedServer server) {
    ProxiedClient client = ProxiedClient.of(server.url());
    client.send(initialize("2025-06-18"));
    assertThat(client.hear().path("result").path("protocolVersion").asString())
        .isEqualTo("2025-06-18");
    client.send(notification("notifications/initialized", "{}"));
    return client;
  }

  @Test
  void everythingAfterwardsCarriesWhatWasAgreedOn() {
    try (ScriptedServer server = ScriptedServer.answering(InitializedRelayTest::serve);
        ProxiedClient client = opened(server)) {
      Seen first = server.next();
      assertThat(first.header("MCP-Protocol-Version")).isEmpty();
      assertThat(first.header("Mcp-Session-Id")).isEmpty();
      Seen second = server.next();
      assertThat(second.method()).isEqualTo("notifications/initialized");
      Seen stream = server.next();
      assertThat(stream.httpMethod()).isEqualTo("GET");
      assertThat(stream.header("Accept")).isEqualTo("text/event-stream");
      client.send(request("1", "tools/list", "{}")).hear();
      Seen third = server.next();
      for (Seen later : new Seen[] {second, stream, third}) {
        assertThat(later.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
        assertThat(later.header("Mcp-Session-Id")).isEqualTo("s-1");
        assertThat(later.header("Mcp-Method")).isEmpty();
      }
      assertThat(client.finish()).isZero();
      Seen last = server.next();
      assertThat(last.httpMethod()).isEqualTo("DELETE");
      assertThat(last.header("Mcp-Session-Id")).isEqualTo("s-1");
      assertThat(server.waiting()).isZero();
    }
  }

  @Test
  void sessionIsGivenBackOnceWhenTheProxyIsToldToEnd() {
    try (ScriptedServer server = ScriptedServer.answering(InitializedRelayTest::serve);
        ProxiedClient client = opened(server)) {
      assertThat(server.seen(3)).last().matches(seen -> seen.httpMethod().equals("GET"));
      client.stop();
      assertThat(server.next().httpMethod()).isEqualTo("DELETE");
      client.stop();
      assertThat(client.finish()).isZero();
      assertThat(server.waiting()).isZero();
    }
  }

  @Test
  void nothingIsSentBeforeInitializeIsAnswered() {
    CountDownLatch isSent = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("initialize")) {
            isSent.await();
          }
          serve(request);
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client
          .send(initialize("2025-06-18"))
          .send(notification("notifications/initialized", "{}"))
          .send(request("1", "tools/list", "{}"));
      assertThat(server.next().method()).isEqualTo("initialize");
      client.send("{\"no\":\"message\"}");
      assertThat(client.hear().path("error").path("code").intValue()).isEqualTo(-32600);
      assertThat(server.waiting()).isZero();
      isSent.countDown();
      assertThat(client.hear().path("id").asString()).isEqualTo("init");
      assertThat(client.hear().path("id").intValue()).isEqualTo(1);
      assertThat(server.next().method()).isEqualTo("notifications/initialized");
    }
  }

  @Test
  void forgottenSessionIsOpenedAnewOnce() {
    AtomicInteger sessions = new AtomicInteger();
    AtomicInteger forgotten = new AtomicInteger();
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("initialize")) {
            request.with("Mcp-Session-Id", "s-" + sessions.incrementAndGet()).result(AGREED);
          } else if (request.header("Mcp-Session-Id").equals("s-" + forgotten.get())) {
            request.json(
                404,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"gone\"}}");
          } else {
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      client.send(request("1", "tools/list", "{}")).hear();
      forgotten.set(1);
      JsonNode answer = client.send(request("2", "tools/call", "{\"name\":\"x\"}")).hear();
      assertThat(answer.path("id").intValue()).isEqualTo(2);
      assertThat(answer.has("result")).isTrue();
      assertThat(sessions).hasValue(2);
      for (Seen seen = server.next(); ; seen = server.next()) {
        if (seen.method().equals("initialize")
            && !seen.json().path("id").asString("").equals("init")) {
          assertThat(seen.json().path("params").path("clientInfo").path("name").asString())
              .isEqualTo("t");
          assertThat(seen.header("Mcp-Session-Id")).isEmpty();
          break;
        }
      }
      forgotten.set(3);
      sessions.set(2);
      assertThat(client.send(request("3", "tools/list", "{}")).hear().has("result")).isTrue();
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void sessionThatStaysForgottenIsAnError() {
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("tools/list")) {
            request.json(404, "{\"error\":\"session_unknown\"}");
          } else {
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      JsonNode answer = client.send(request("1", "tools/list", "{}")).hear();
      assertThat(answer.path("error").path("message").asString())
          .contains("404", "session_unknown");
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void streamOfItsOwnIsRelayedAndOpenedAgain() {
    AtomicInteger streams = new AtomicInteger();
    ScriptedServer.Script script =
        request -> {
          if (!request.httpMethod().equals("GET")) {
            serve(request);
            return;
          }
          int count = streams.incrementAndGet();
          if (count == 2) {
            request.send(503, "text/html", "<p>");
            return;
          }
          OutputStream stream = request.stream();
          ScriptedServer.text(stream, "id: e-%d\nretry: 1\ndata:\n\n".formatted(count));
          ScriptedServer.event(
              stream,
              notification("notifications/tools/list_changed", "{\"n\":%d}".formatted(count)));
          if (count > 2) {
            ScriptedServer.untilClosed(stream);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      assertThat(client.hear().path("params").path("n").intValue()).isEqualTo(1);
      assertThat(client.hear().path("params").path("n").intValue()).isEqualTo(3);
      server.next();
      server.next();
      assertThat(server.next().header("Last-Event-ID")).isEmpty();
      assertThat(server.next().header("Last-Event-ID")).isEqualTo("e-1");
      assertThat(server.next().header("Last-Event-ID")).isEqualTo("e-1");
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void requestOfTheServerAndItsAnswerPass() {
    CountDownLatch isAnswered = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("tools/call")) {
            OutputStream stream = request.stream();
            ScriptedServer.event(stream, request("\"ask-1\"", "elicitation/create", "{}"));
            isAnswered.await();
            ScriptedServer.event(stream, request.answer("{\"content\":[]}"));
          } else {
            if (request.json().has("result")) {
              isAnswered.countDown();
            }
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      client.send(request("1", "tools/call", "{\"name\":\"ask\"}"));
      JsonNode asked = client.hear();
      assertThat(asked.path("method").asString()).isEqualTo("elicitation/create");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"result\":{\"action\":\"decline\"}}");
      assertThat(client.hear().path("id").intValue()).isEqualTo(1);
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void cancellationIsToldAndNothingMoreIsSaid() throws InterruptedException {
    CountDownLatch isClosed = new CountDownLatch(1);
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("tools/call")) {
            OutputStream stream = request.stream();
            ScriptedServer.event(stream, notification("notifications/message", "{}"));
            ScriptedServer.untilClosed(stream);
            isClosed.countDown();
          } else {
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      client.send(request("9", "tools/call", "{\"name\":\"slow\"}")).hear();
      client.send(notification("notifications/cancelled", "{\"requestId\":9}"));
      isClosed.await();
      assertThat(client.finish()).isZero();
      Seen told = server.next();
      while (!told.method().equals("notifications/cancelled")) {
        told = server.next();
      }
      assertThat(told.json().path("params").path("requestId").intValue()).isEqualTo(9);
      assertThat(told.header("Mcp-Session-Id")).isEqualTo("s-1");
    }
  }

  @Test
  void brokenStreamGoesOnWhereItWasWhenTheServerNumbersEvents() {
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("tools/call")) {
            ScriptedServer.text(request.stream(), "id: 41\nretry: 1\ndata:\n\n");
          } else if (request.header("Last-Event-ID").equals("41")) {
            ScriptedServer.event(request.stream(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
          } else {
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      JsonNode answer = client.send(request("1", "tools/call", "{\"name\":\"x\"}")).hear();
      assertThat(answer.path("id").intValue()).isEqualTo(1);
      assertThat(answer.has("result")).isTrue();
    }
  }

  @Test
  void batchIsOneMessageWithAnswersInAnyForm() {
    ScriptedServer.Script script =
        request -> {
          if (request.json().isArray() && request.json().size() == 3) {
            OutputStream stream = request.stream();
            ScriptedServer.event(stream, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
            ScriptedServer.event(stream, "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]");
          } else {
            request.json(200, "[{\"jsonrpc\":\"2.0\",\"id\":3,\n \"result\":{}}]");
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      client.send(
          "[%s,%s,%s]"
              .formatted(
                  request("1", "ping", "{}"),
                  notification("notifications/x", "{}"),
                  request("2", "ping", "{}")));
      assertThat(client.hear().path("id").intValue()).isEqualTo(2);
      assertThat(client.hear().path(0).path("id").intValue()).isEqualTo(1);
      client.send("[" + request("3", "ping", "{}") + "]");
      assertThat(client.hear().path(0).path("id").intValue()).isEqualTo(3);
      assertThat(client.finish()).isZero();
    }
  }

  @Test
  void clientFallsBackToInitializeWithAServerThatKnowsNothingElse() {
    ScriptedServer.Script script =
        request -> {
          boolean isLost =
              request.httpMethod().equals("POST")
                  && !request.method().equals("initialize")
                  && request.header("Mcp-Session-Id").isEmpty();
          if (isLost) {
            request.json(
                400,
                "{\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"Missing session ID\"}}");
          } else {
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      JsonNode discovered = client.send(modern("0", "server/discover", "{}")).hear();
      assertThat(discovered.path("id").intValue()).isZero();
      assertThat(discovered.path("error").path("message").asString())
          .isEqualTo("Missing session ID");
      client.send(initialize("2025-06-18"));
      assertThat(client.hear().has("result")).isTrue();
      client.send(notification("notifications/initialized", "{}"));
      assertThat(client.send(request("1", "tools/list", "{}")).hear().has("result")).isTrue();
    }
  }

  @Test
  void initializeMayBeAnsweredOnAStream() {
    ScriptedServer.Script script =
        request -> {
          if (request.method().equals("initialize")) {
            request.with("Mcp-Session-Id", "of-a-stream");
            ScriptedServer.text(
                request.stream(), "data: %s\r\n\r\n".formatted(request.answer(AGREED)));
          } else {
            serve(request);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = opened(server)) {
      client.send(request("1", "ping", "{}")).hear();
      server.next();
      assertThat(server.next().header("Mcp-Session-Id")).isEqualTo("of-a-stream");
    }
  }
}
