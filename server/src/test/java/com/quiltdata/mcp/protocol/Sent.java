package com.quiltdata.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/// A message that was sent, and the stream on which its answer comes.
final class Sent {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final int PATIENCE = 10;

  private final BlockingQueue<JsonNode> stream = new LinkedBlockingQueue<>();
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final Optional<Thread> worker;
  private final CountDownLatch opening = new CountDownLatch(1);
  private volatile boolean isListening;

  /// Does what the endpoint says is to be done.
  ///
  /// @param takesStream whether the client takes messages before the answer
  Sent(Outcome outcome, boolean takesStream) {
    isListening = takesStream;
    worker =
        switch (outcome) {
          case Outcome.Answered(Reply answer) -> {
            reply.complete(answer);
            yield Optional.empty();
          }
          case Outcome.Cancels _ -> {
            reply.complete(new Reply.Accepted());
            yield Optional.empty();
          }
          case Outcome.NeedsToken _ -> {
            reply.complete(new Reply.Json(401, new byte[] {'{', '}'}));
            yield Optional.empty();
          }
          case Outcome.NeedsScope _ -> {
            reply.complete(new Reply.Json(403, new byte[] {'{', '}'}));
            yield Optional.empty();
          }
          case Outcome.Work work -> Optional.of(Thread.ofVirtual().start(() -> run(work)));
        };
  }

  private void run(Outcome.Work work) {
    try {
      reply.complete(work.task().run(new Stream()));
    } catch (RuntimeException | Error e) {
      reply.completeExceptionally(e);
    }
  }

  private final class Stream implements Outbox {
    @Override
    public void send(byte[] json) {
      stream.add(JSON.read(json));
    }

    @Override
    public void open() {
      opening.countDown();
    }

    @Override
    public boolean reachesClient() {
      return isListening;
    }
  }

  /// The next message on the stream.
  JsonNode next() {
    try {
      JsonNode message = stream.poll(PATIENCE, TimeUnit.SECONDS);
      assertThat(message).as("a message on the stream").isNotNull();
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until the client sees that the answer is a stream.
  Sent opened() {
    try {
      assertThat(opening.await(PATIENCE, TimeUnit.SECONDS)).as("an open stream").isTrue();
      return this;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether nothing comes for a moment.
  boolean isSilent() {
    try {
      return stream.poll(100, TimeUnit.MILLISECONDS) == null;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// All messages on the stream that were not looked at, once the answer is there.
  List<JsonNode> rest() {
    reply();
    List<JsonNode> all = new ArrayList<>();
    stream.drainTo(all);
    return all;
  }

  /// The client is there no more, and the server has noticed.
  void leave() {
    isListening = false;
  }

  /// The client gives the request up.
  void cancel() {
    worker.orElseThrow().interrupt();
  }

  boolean isAnswered() {
    return reply.isDone();
  }

  boolean isAnsweredWithin(Duration time) throws InterruptedException {
    return worker.orElseThrow().join(time);
  }

  private Reply reply() {
    try {
      return reply.get(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer; on the stream: " + stream, e);
    }
  }

  int status() {
    return reply() instanceof Reply.Json json ? json.httpStatus() : 202;
  }

  Map<String, String> headers() {
    return reply() instanceof Reply.Json json ? json.headers() : Map.of();
  }

  JsonNode body() {
    return reply() instanceof Reply.Json json
        ? JSON.read(json.json())
        : StrictJson.NODES.missingNode();
  }

  JsonNode result() {
    assertThat(body().has("error")).as("an error: %s", body()).isFalse();
    return body().path("result");
  }

  int errorCode() {
    return body().path("error").path("code").asInt(0);
  }

  String errorText() {
    return body().path("error").path("message").asString("");
  }

  /// The text that a tool answered.
  String text() {
    return result().path("content").path(0).path("text").asString("");
  }

  /// The code with which a tool failed.
  String faultCode() {
    assertThat(result().path("isError").asBoolean(false)).as("a tool error: %s", body()).isTrue();
    return JSON.read(text().getBytes(StandardCharsets.UTF_8)).path("code").asString("");
  }
}
