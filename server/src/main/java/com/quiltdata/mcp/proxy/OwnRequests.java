package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.concurrent.Heartbeat;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the proxy itself asks the server; the client does not hear of it. Thread-safe.
final class OwnRequests {
  static final String SESSION = "Mcp-Session-Id";
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final EventLog log = EventLog.named("proxy");
  private final AtomicLong count = new AtomicLong();
  private final Remote remote;
  private final RequestHeaders headers;
  private final AnswerReader reader;
  private final Heartbeat heartbeat;
  private final StrictJson json;

  OwnRequests(
      Remote remote,
      RequestHeaders headers,
      AnswerReader reader,
      Heartbeat heartbeat,
      StrictJson json) {
    this.remote = remote;
    this.headers = headers;
    this.reader = reader;
    this.heartbeat = heartbeat;
    this.json = json;
  }

  /// An answer.
  ///
  /// @param result of the request
  /// @param sessionId header, if there was one
  record Answer(JsonNode result, Optional<String> sessionId) {}

  /// Asks once.
  ///
  /// @return the answer, or empty when there was none or an error
  Optional<Answer> ask(String method, ObjectNode params) throws InterruptedException {
    String id = "quilt-mcp-proxy-" + count.incrementAndGet();
    ObjectNode message = message(method, params).put("id", id);
    AtomicReference<JsonNode> result = new AtomicReference<>(StrictJson.NODES.missingNode());
    Optional<HttpResponse<InputStream>> answer =
        post(
            message,
            answered -> {
              JsonNode node = json.read(answered);
              boolean isAnswer = node.path("id").asString("").equals(id);
              if (isAnswer) {
                result.set(node.path("result"));
              }
              return !isAnswer;
            });
    return answer
        .filter(_ -> result.get().isObject())
        .map(response -> new Answer(result.get(), response.headers().firstValue(SESSION)));
  }

  /// Tells something.
  void tell(String method) throws InterruptedException {
    post(message(method, StrictJson.NODES.objectNode()), _ -> false);
  }

  private static ObjectNode message(String method, ObjectNode params) {
    ObjectNode message = StrictJson.NODES.objectNode().put("jsonrpc", "2.0").put("method", method);
    message.set("params", params);
    return message;
  }

  private Optional<HttpResponse<InputStream>> post(ObjectNode message, AnswerReader.Sink sink)
      throws InterruptedException {
    Outgoing outgoing = new Outgoing(json.write(message), List.of(ClientMessage.of(message)));
    try (Watch watch = new Watch(heartbeat, SILENCE)) {
      try {
        HttpResponse<InputStream> answer = remote.post(outgoing.line(), headers.of(outgoing));
        try (InputStream body = watch.over(answer.body())) {
          if (answer.statusCode() == 200) {
            reader.read(answer, body, watch, sink);
            return Optional.of(answer);
          }
          AnswerReader.finish(body, watch);
          failed(message, "the server answered " + answer.statusCode());
        }
      } catch (IOException | MalformedJsonException e) {
        if (Thread.currentThread().isInterrupted() && !watch.hasExpired()) {
          throw new InterruptedException();
        }
        failed(message, e.getClass().getSimpleName());
      } catch (InterruptedException e) {
        if (!watch.hasExpired()) {
          throw e;
        }
        failed(message, "no answer in time");
      }
      return Optional.empty();
    }
  }

  private void failed(ObjectNode message, String reason) {
    log.event(
        Level.WARNING,
        "proxy.own_request",
        LogFields.of("mcp.method", message.path("method").asString("")).with("reason", reason));
  }
}
