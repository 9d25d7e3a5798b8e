package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.auth.Authentication;
import com.quiltdata.mcp.auth.Authenticator;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.protocol.McpEndpoint;
import com.quiltdata.mcp.protocol.Outcome;
import com.quiltdata.mcp.protocol.ProtocolVersion;
import com.quiltdata.mcp.protocol.Reply;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.RunningRequest;
import com.quiltdata.mcp.transport.Surface;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The MCP endpoint over HTTP: who calls, then what, then an answer as JSON or as a stream (MCP
/// 2026-07-28, basic/transports, "Streamable HTTP").
///
/// An answer is JSON until there is something to say before it, or ten seconds have passed; so
/// statuses stay right as long as they can. A client of a stateless revision that leaves cancels
/// its call; one of an earlier revision does not, but it may send `notifications/cancelled` in its
/// session. Either way the call keeps its place in work until it has ended, so that clients which
/// leave cannot pile calls up.
public final class McpRoute implements Route {
  /// What is read of a request without a token, to see whether it needs one.
  private static final int MAX_OPEN_BODY = 64 << 10;

  private static final Map<String, String> STREAM_HEADERS =
      Map.of("X-Accel-Buffering", "no", "Cache-Control", "no-cache, no-transform");

  private final McpEndpoint endpoint;
  private final Authenticator authenticator;
  private final int maxBodyBytes;
  private final AnswerTimers timers;
  private final ResultRoom room;
  private final SessionCalls calls = new SessionCalls();
  private final EventLog log = EventLog.named("auth");

  /// A route.
  ///
  /// @param endpoint answers messages
  /// @param authenticator knows callers
  /// @param maxBodyBytes longest body
  /// @param room for large results
  public McpRoute(
      McpEndpoint endpoint, Authenticator authenticator, int maxBodyBytes, ResultRoom room) {
    this(endpoint, authenticator, maxBodyBytes, room, AnswerTimers.defaults());
  }

  McpRoute(
      McpEndpoint endpoint,
      Authenticator authenticator,
      int maxBodyBytes,
      ResultRoom room,
      AnswerTimers timers) {
    this.endpoint = endpoint;
    this.authenticator = authenticator;
    this.maxBodyBytes = maxBodyBytes;
    this.timers = timers;
    this.room = room;
  }

  @Override
  public Set<String> methods() {
    return endpoint.hasSessionStreams() ? Set.of("GET", "POST") : Set.of("POST");
  }

  @Override
  public void handle(Exchange exchange) throws Exception {
    Caller caller =
        switch (authenticator.authenticate(exchange.headers("Authorization"))) {
          case Authentication.Known known -> known.caller();
          case Authentication.Missing _ -> new Caller.Anonymous();
          case Authentication.Rejected rejected -> throw refused(exchange, rejected);
        };
    RequestContext context = new RequestContext(exchange.requestId(), caller.name());
    context.run(() -> {
      if (caller instanceof Caller.Bearer bearer && log.writes(Level.DEBUG)) {
        known(bearer);
      }
      if (exchange.method().equals("GET")) {
        news(exchange, caller, context);
      } else {
        answer(exchange, caller, context);
      }
    });
  }

  private void known(Caller.Bearer bearer) {
    log.event(
        Level.DEBUG,
        "auth.success",
        LogFields.of("level_claim", bearer.level().name())
            .with("kid", bearer.keyId())
            .with("token", bearer.tokenDigest()));
  }

  private Refusal refused(Exchange exchange, Authentication.Rejected rejected) {
    log.event(
        Level.INFO,
        "auth.failure",
        LogFields.of("request_id", exchange.requestId()).with("reason", rejected.logReason()));
    return rejected.isExpired()
        ? Challenge.of("token_expired", "JWT token expired")
        : Challenge.of("invalid_token", "JWT token could not be verified");
  }

  private void answer(Exchange exchange, Caller caller, RequestContext context) {
    MediaTypes types = MediaTypes.of(exchange);
    Outcome outcome =
        endpoint.take(
            body(exchange, caller), caller, Optional.of(exchange::headers), context.requestId());
    switch (outcome) {
      case Outcome.Answered answered -> send(exchange, types, answered.reply());
      case Outcome.Cancels cancels -> {
        calls.cancel(exchange, caller, cancels.id());
        send(exchange, types, new Reply.Accepted());
      }
      case Outcome.NeedsToken _ -> throw Challenge.missing();
      case Outcome.Work work -> {
        if (!work.listens()) {
          exchange.enterWork();
        }
        follow(exchange, types, caller, work, context);
      }
    }
  }

  /// The stream of news that clients of the revisions up to 2025-11-25 open by GET.
  private void news(Exchange exchange, Caller caller, RequestContext context) {
    boolean isStateless =
        exchange
            .header("MCP-Protocol-Version")
            .flatMap(ProtocolVersion::of)
            .filter(ProtocolVersion::isStateless)
            .isPresent();
    if (isStateless) {
      throw new Refusal(
          405,
          "method_not_allowed",
          "this revision has no GET; send subscriptions/listen",
          Map.of("Allow", "POST, OPTIONS"));
    }
    switch (endpoint.stream(caller, exchange::headers, context.requestId())) {
      case Outcome.Work work -> {
        MediaTypes.requireStream(exchange);
        follow(exchange, MediaTypes.STREAM, caller, work, context);
      }
      case Outcome.Answered answered -> send(exchange, MediaTypes.STREAM, answered.reply());
      case Outcome.NeedsToken _ -> throw Challenge.missing();
      case Outcome.Cancels _ -> throw new IllegalStateException("a GET cancels nothing");
    }
  }

  private byte[] body(Exchange exchange, Caller caller) {
    if (!(caller instanceof Caller.Anonymous)) {
      return exchange.readBody(maxBodyBytes);
    }
    if (exchange.bodyLength().orElse(0) > MAX_OPEN_BODY) {
      throw Challenge.missing();
    }
    try {
      return exchange.readBody(MAX_OPEN_BODY);
    } catch (Refusal e) {
      throw e.status() == 413 ? Challenge.missing() : e;
    }
  }

  private void follow(
      Exchange exchange,
      MediaTypes types,
      Caller caller,
      Outcome.Work work,
      RequestContext context) {
    RunningRequest request = RunningRequest.start(work, context, room, surface(exchange, types));
    Runnable forget =
        work.endsWithStream() || work.listens()
            ? () -> {}
            : calls.keep(exchange, caller, work.id(), request);
    try {
      listen(exchange, types, work, request);
    } catch (InterruptedException e) {
      request.cancel();
      throw exchange.isAnswered() ? LeftConnection.closed() : ending();
    } catch (RuntimeException | Error e) {
      leave(request, work);
      throw e;
    } finally {
      forget.run();
      request.close();
    }
  }

  private static Surface surface(Exchange exchange, MediaTypes types) {
    return new Surface() {
      @Override
      public boolean takesMessages() {
        return types.allowsStream();
      }

      @Override
      public void leaveWork() {
        exchange.leaveWork();
      }

      @Override
      public boolean returnToWork() {
        return exchange.returnToWork();
      }
    };
  }

  private void listen(
      Exchange exchange, MediaTypes types, Outcome.Work work, RunningRequest request)
      throws InterruptedException {
    Optional<RunningRequest.Event> event =
        request.next(timers.unwatched()).filter(first -> isTaken(first, types));
    boolean isOver = event.filter(RunningRequest.Event.Finished.class::isInstance).isPresent();
    if (work.endsWithStream() && !isOver) {
      exchange.watch(request::cancel);
    }
    if (event.isEmpty()) {
      event = beforeStream(request, types);
    }
    switch (event.orElse(null)) {
      case RunningRequest.Event.Finished finished -> send(exchange, types, finished.reply());
      case RunningRequest.Event.Cancelled _ -> endCancelled(exchange, types, work);
      case RunningRequest.Event.Failed _ ->
          exchange.answer(500, ErrorBody.TYPE, ErrorBody.internal(exchange.requestId()));
      case RunningRequest.Event.Notification notification ->
          stream(exchange, work, request, Optional.of(notification.json()));
      case RunningRequest.Event.Opened _ -> stream(exchange, work, request, Optional.empty());
      case null -> stream(exchange, work, request, Optional.empty());
    }
  }

  /// A client that cancelled by a message is still there and gets a stream without an answer; one
  /// that cancelled by leaving gets nothing.
  private static void endCancelled(Exchange exchange, MediaTypes types, Outcome.Work work) {
    if (work.endsWithStream() || !types.allowsStream()) {
      throw LeftConnection.closed();
    }
    exchange.openStream(STREAM_HEADERS).close();
  }

  /// Nobody listens any more. The place in work is given back when the work has ended.
  private static void leave(RunningRequest request, Outcome.Work work) {
    if (work.endsWithStream()) {
      request.cancel();
    } else {
      request.abandon();
    }
    try {
      request.awaitEnd();
    } catch (InterruptedException _) {
      request.cancel();
      Thread.currentThread().interrupt();
    }
  }

  private static Refusal ending() {
    return new Refusal(
        503, "shutting_down", "the server ends; try again", Map.of("Retry-After", "1"));
  }

  /// The first event that decides between JSON and a stream; empty when it has to be a stream for
  /// its length.
  private Optional<RunningRequest.Event> beforeStream(RunningRequest request, MediaTypes types)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Duration left = timers.untilStream().minusNanos(System.nanoTime() - start);
      if (types.allowsStream() && !left.isPositive()) {
        return Optional.empty();
      }
      Optional<RunningRequest.Event> event =
          request.next(types.allowsStream() ? left : timers.betweenComments());
      if (event.isPresent() && isTaken(event.get(), types)) {
        return event;
      }
    }
  }

  /// A client that takes no stream hears the answer and nothing before it.
  private static boolean isTaken(RunningRequest.Event event, MediaTypes types) {
    return types.allowsStream()
        || !(event instanceof RunningRequest.Event.Notification
            || event instanceof RunningRequest.Event.Opened);
  }

  private void stream(
      Exchange exchange, Outcome.Work work, RunningRequest request, Optional<byte[]> first)
      throws InterruptedException {
    try (SseStream stream = exchange.openStream(STREAM_HEADERS)) {
      first.ifPresentOrElse(stream::event, stream::comment);
      while (true) {
        switch (request.next(timers.betweenComments()).orElse(null)) {
          case RunningRequest.Event.Notification notification -> stream.event(notification.json());
          case RunningRequest.Event.Opened _ -> {
            // it is
          }
          case RunningRequest.Event.Finished finished -> {
            if (finished.reply() instanceof Reply.Json answer) {
              stream.event(answer.json());
            }
            return;
          }
          case RunningRequest.Event.Cancelled _ when !work.endsWithStream() -> {
            return;
          }
          case RunningRequest.Event.Cancelled _, RunningRequest.Event.Failed _ ->
              throw LeftConnection.closed();
          case null -> stream.comment();
        }
      }
    }
  }

  private static void send(Exchange exchange, MediaTypes types, Reply reply) {
    switch (reply) {
      case Reply.Accepted _ -> exchange.answer(202, "", new byte[0]);
      case Reply.Json answer -> {
        if (types.allowsJson() || answer.httpStatus() != 200) {
          exchange.answer(answer.httpStatus(), "application/json", answer.json(), answer.headers());
        } else {
          Map<String, String> headers = new HashMap<>(STREAM_HEADERS);
          headers.putAll(answer.headers());
          try (SseStream stream = exchange.openStream(headers)) {
            stream.event(answer.json());
          }
        }
      }
    }
  }
}
