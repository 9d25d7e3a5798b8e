package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.protocol.ErrorCode;
import com.quiltdata.mcp.proxy.Handshake.Agreed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.databind.JsonNode;

/// Brings one line of the client to the server and the answers back. It is tried again where that
/// can do no harm: when the server certainly did not begin, and for requests that only read.
final class Delivery {
  private static final int MAX_ERROR_BYTES = 1 << 20;

  private final EventLog log = EventLog.named("proxy");
  private final Parts parts;
  private final Flight flight;
  private final Outgoing outgoing;
  private Optional<Agreed> agreed = Optional.empty();
  private boolean isReopened;
  private boolean isRelearnt;

  Delivery(Parts parts, Flight flight) {
    this.parts = parts;
    this.flight = flight;
    this.outgoing = flight.outgoing();
  }

  /// Works until the message is answered, refused, cancelled or out of patience.
  ///
  /// @throws InterruptedException when it is cancelled or the proxy ends
  void run() throws InterruptedException {
    if (isLegacy(Outgoing.INITIALIZE)) {
      parts.handshake().begin(outgoing.members().getFirst().parameters());
    }
    if (isStatelessCall()) {
      parts.lookup().require(outgoing.members().getFirst().parameters());
    }
    Optional<Backoff> backoff = Optional.empty();
    while (!flight.isCancelled()) {
      switch (attempt()) {
        case Attempt.Done _ -> {
          return;
        }
        case Attempt.AtOnce _ -> {
          // what was in the way is gone
        }
        case Attempt.Failed(String text) -> {
          fail(text);
          return;
        }
        case Attempt.Later(String text, Duration pause) -> {
          log.event(Level.INFO, "proxy.retry", LogFields.of("reason", text));
          Backoff waiting = backoff.orElseGet(() -> new Backoff(parts.config().patience()));
          backoff = Optional.of(waiting);
          if (!waiting.pause(pause)) {
            fail(text);
            return;
          }
        }
      }
    }
  }

  private boolean isLegacy(String method) {
    return outgoing.statelessVersion().isEmpty() && outgoing.isA(method);
  }

  private boolean isStatelessCall() {
    return outgoing.statelessVersion().isPresent() && outgoing.isA("tools/call");
  }

  private void fail(String text) {
    log.event(Level.WARNING, "proxy.failed", LogFields.of("reason", text));
    flight
        .claimAll()
        .forEach(id -> parts.output().error(Optional.of(id), ErrorCode.INTERNAL_ERROR, text));
  }

  /// One try. Only so many requests are with the server at once; the others wait for their turn,
  /// rather than for the server to refuse them.
  private Attempt attempt() throws InterruptedException {
    if (!takesTurns()) {
      return exchange();
    }
    parts.exchanges().acquire();
    try {
      return exchange();
    } finally {
      parts.exchanges().release();
    }
  }

  /// What a request under way may be waiting for must not wait for it, nor what never ends be
  /// waited for.
  private boolean takesTurns() {
    return !outgoing.ids().isEmpty()
        && !outgoing.isA("subscriptions/listen")
        && !outgoing.isA("ping");
  }

  private Attempt exchange() throws InterruptedException {
    Duration silence = parts.config().silence();
    try (Watch watch = new Watch(parts.heartbeat(), silence)) {
      try {
        agreed = parts.handshake().agreed();
        HttpResponse<InputStream> answer =
            parts.remote().post(outgoing.line(), parts.headers().of(outgoing));
        try (InputStream body = watch.over(answer.body())) {
          return judged(answer, body, watch);
        }
      } catch (IOException | InterruptedException e) {
        if (watch.hasExpired()) {
          return new Attempt.Failed(parts.refusals().silent(silence));
        }
        return failed(e);
      }
    }
  }

  private Attempt failed(Exception e) throws InterruptedException {
    if (e instanceof InterruptedException interruption) {
      throw interruption;
    }
    if (Thread.interrupted() || !(e instanceof IOException failure)) {
      throw new InterruptedException();
    }
    if (failure instanceof MessageBuffer.TooLongException) {
      return new Attempt.Failed(parts.refusals().tooLong(parts.config().limits().messageBytes()));
    }
    if (Refusals.isDistrust(failure)) {
      return new Attempt.Failed(parts.refusals().distrusted(failure));
    }
    boolean isUnsent =
        failure instanceof ConnectException
            || failure instanceof HttpConnectTimeoutException
            || failure instanceof SSLHandshakeException;
    if (isUnsent) {
      return new Attempt.Later(parts.refusals().unreachable(failure), Duration.ZERO);
    }
    String text = parts.refusals().broken(Optional.of(failure), outgoing.isReading());
    return outgoing.isReading() ? new Attempt.Later(text, Duration.ZERO) : new Attempt.Failed(text);
  }

  private Attempt judged(HttpResponse<InputStream> answer, InputStream body, Watch watch)
      throws IOException, InterruptedException {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return outgoing.ids().isEmpty() ? accepted(body, watch) : answered(answer, body, watch);
    }
    byte[] text = body.readNBytes(MAX_ERROR_BYTES);
    String refusal = parts.refusals().ofStatus(answer, text);
    return switch (status) {
      case 429, 503 -> new Attempt.Later(refusal, RetryAfter.of(answer));
      case 502, 504 ->
          outgoing.isReading()
              ? new Attempt.Later(refusal, RetryAfter.of(answer))
              : new Attempt.Failed(refusal);
      case 404 -> isReopened() ? new Attempt.AtOnce() : refused(text, refusal);
      case 401 -> new Attempt.Failed(refusal);
      default -> refused(text, refusal);
    };
  }

  /// An older server says 404 when it has forgotten the session.
  private boolean isReopened() throws InterruptedException {
    boolean wasInSession =
        outgoing.statelessVersion().isEmpty()
            && !outgoing.isA(Outgoing.INITIALIZE)
            && agreed.flatMap(Agreed::sessionId).isPresent();
    if (!wasInSession || isReopened) {
      return false;
    }
    isReopened = true;
    return parts.reopening().replace(agreed.orElseThrow());
  }

  private Attempt refused(byte[] body, String refusal) throws InterruptedException {
    Optional<JsonNode> error = parts.refusals().rpcError(body);
    if (error.isEmpty()) {
      return new Attempt.Failed(refusal);
    }
    boolean isMismatch = error.get().path("code").asLong() == ErrorCode.HEADER_MISMATCH.number();
    if (isMismatch && isStatelessCall() && !isRelearnt) {
      isRelearnt = true;
      parts.lookup().refresh(outgoing.members().getFirst().parameters());
      return new Attempt.AtOnce();
    }
    pass(error.get());
    return new Attempt.Done();
  }

  private void pass(JsonNode error) {
    flight.claimAll().forEach(id -> parts.output().error(id, error));
  }

  private Attempt accepted(InputStream body, Watch watch) {
    AnswerReader.finish(body, watch);
    if (isLegacy(Outgoing.INITIALIZED)) {
      parts.events().open();
    }
    return new Attempt.Done();
  }

  private Attempt answered(HttpResponse<InputStream> answer, InputStream body, Watch watch)
      throws IOException, InterruptedException {
    AnswerReader.End end;
    try {
      end = read(answer, body, watch);
    } catch (MalformedJsonException _) {
      return new Attempt.Failed(parts.refusals().noMessage(answer));
    }
    Backoff backoff = new Backoff(parts.config().patience());
    while (!flight.isAnswered()) {
      requireWanted(watch);
      if (!Remote.isStream(answer)) {
        return new Attempt.Failed(parts.refusals().noMessage(answer));
      }
      if (end.failure().orElse(null) instanceof MessageBuffer.TooLongException tooLong) {
        throw tooLong;
      }
      boolean canGoOn = end.lastId().isPresent() && outgoing.statelessVersion().isEmpty();
      if (!canGoOn || !backoff.pause(end.pause())) {
        return new Attempt.Failed(parts.refusals().broken(end.failure(), outgoing.isReading()));
      }
      end = continued(end, watch);
    }
    return new Attempt.Done();
  }

  /// In older revisions a server may end a stream before its answer and let the client come back
  /// for the rest (MCP 2025-11-25, basic/transports, "Resumability").
  private AnswerReader.End continued(AnswerReader.End before, Watch watch)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>(parts.headers().of(outgoing));
    before.lastId().ifPresent(id -> headers.put(EventStream.LAST_EVENT, id));
    HttpResponse<InputStream> answer = parts.remote().get(headers);
    try (InputStream body = watch.over(answer.body())) {
      if (answer.statusCode() != 200 || !Remote.isStream(answer)) {
        return new AnswerReader.End(Optional.empty(), Duration.ZERO, before.failure());
      }
      AnswerReader.End end = read(answer, body, watch);
      return new AnswerReader.End(end.lastId().or(before::lastId), end.pause(), end.failure());
    }
  }

  private static void requireWanted(Watch watch) throws InterruptedException {
    if (Thread.currentThread().isInterrupted() || watch.hasExpired()) {
      throw new InterruptedException();
    }
  }

  private AnswerReader.End read(HttpResponse<InputStream> answer, InputStream body, Watch watch)
      throws IOException, InterruptedException {
    return parts
        .reader()
        .read(
            answer,
            body,
            watch,
            json -> {
              parts.results().learn(outgoing, json, answer);
              if (!flight.isCancelled()) {
                parts.inbox().take(json);
              }
              if (!flight.isAnswered() && !Remote.isStream(answer)) {
                // Some errors do not say what they are about.
                parts.refusals().rpcError(json).ifPresent(this::pass);
              }
              return !flight.isAnswered();
            });
  }
}
