package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.admission.Admission;
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
import com.quiltdata.mcp.protocol.RequestId;
import com.quiltdata.mcp.transport.ResultRoom;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The MCP endpoint over HTTP: who calls, then what, then an answer as JSON or as a stream (MCP
/// 2026-07-28, basic/transports, "Streamable HTTP").
///
/// What runs for a while is in the hands of a [Delivery].
public final class McpRoute implements Route {
  /// What is read of a request without a token, to see whether it needs one.
  private static final int MAX_OPEN_BODY = 64 << 10;

  /// A request to listen, and so its body, may stay for an hour.
  private static final int MAX_LISTENING_BODY = 64 << 10;

  private static final Duration CHECK_PAUSE = Duration.ofSeconds(15);

  private final McpEndpoint endpoint;
  private final Authenticator authenticator;
  private final Admission admission;
  private final int maxBodyBytes;
  private final Delivery delivery;
  private final Challenge challenge;
  private final EventLog log = EventLog.named("auth");

  /// A route.
  ///
  /// @param endpoint answers messages
  /// @param authenticator knows callers
  /// @param admission how often each may ask
  /// @param maxBodyBytes longest body
  /// @param room for large results
  /// @param comment longest silence on a stream
  public McpRoute(
      McpEndpoint endpoint,
      Authenticator authenticator,
      Admission admission,
      int maxBodyBytes,
      ResultRoom room,
      Duration comment) {
    this(endpoint, authenticator, admission, maxBodyBytes, room, AnswerTimers.of(comment));
  }

  McpRoute(
      McpEndpoint endpoint,
      Authenticator authenticator,
      Admission admission,
      int maxBodyBytes,
      ResultRoom room,
      AnswerTimers timers) {
    this(
        endpoint,
        authenticator,
        admission,
        maxBodyBytes,
        new Delivery(room, timers),
        new Challenge(Optional.empty()));
  }

  private McpRoute(
      McpEndpoint endpoint,
      Authenticator authenticator,
      Admission admission,
      int maxBodyBytes,
      Delivery delivery,
      Challenge challenge) {
    this.endpoint = endpoint;
    this.authenticator = authenticator;
    this.admission = admission;
    this.maxBodyBytes = maxBodyBytes;
    this.delivery = delivery;
    this.challenge = challenge;
  }

  /// The same route, which tells clients where they get tokens for it.
  ///
  /// @param resource this server as they know it
  /// @return a route that takes this one's place
  public McpRoute as(ProtectedResource resource) {
    return new McpRoute(
        endpoint,
        authenticator,
        admission,
        maxBodyBytes,
        delivery,
        new Challenge(Optional.of(resource)));
  }

  @Override
  public Set<String> methods() {
    return endpoint.hasSessionStreams() ? Set.of("GET", "POST") : Set.of("POST");
  }

  @Override
  public void handle(Exchange exchange) throws Exception {
    try {
      take(exchange);
    } catch (Refusal refusal) {
      if (!refusal.canComeAgain() || exchange.isAnswered()) {
        throw refusal;
      }
      sendAway(exchange, refusal, Optional.empty());
    }
  }

  private void take(Exchange exchange) {
    Authentication decision = authenticator.authenticate(exchange.headers("Authorization"));
    Caller caller =
        switch (decision) {
          case Authentication.Known known -> known.caller();
          case Authentication.Missing _ -> new Caller.Anonymous();
          case Authentication.Rejected rejected -> throw refused(exchange, rejected);
          case Authentication.Unavailable unavailable -> throw unchecked(exchange, unavailable);
        };
    RequestContext context = new RequestContext(exchange.requestId(), caller.name());
    context.run(() -> {
      if (decision instanceof Authentication.Known(Caller.Bearer bearer, boolean isRemembered)) {
        known(bearer, isRemembered ? Level.DEBUG : Level.INFO);
      }
      admit(exchange, caller);
      if (exchange.method().equals("GET")) {
        news(exchange, caller, context);
      } else {
        answer(exchange, caller, context);
      }
    });
  }

  private void admit(Exchange exchange, Caller caller) {
    Duration wait =
        caller instanceof Caller.Anonymous
            ? admission.stranger(exchange.clientAddress())
            : admission.user(caller.principal());
    if (wait.isPositive()) {
      throw Refusal.retry(429, "too_many_requests", "you ask too often; wait a moment", wait);
    }
  }

  /// In the words of MCP, as far as the message is known.
  private void sendAway(Exchange exchange, Refusal refusal, Optional<RequestId> id) {
    switch (endpoint.sentAway(
        refusal.status(), refusal.code(), refusal.detail(), exchange::headers, id)) {
      case Reply.Json answer ->
          exchange.answer(
              answer.httpStatus(), "application/json", answer.json(), refusal.headers());
      case Reply.Accepted _ -> throw new IllegalStateException("a refusal has a text");
    }
  }

  private void known(Caller.Bearer bearer, Level level) {
    if (log.writes(level)) {
      LogFields fields =
          LogFields.of("level_claim", bearer.level().name())
              .with("kid", bearer.keyId())
              .with("token", bearer.tokenDigest());
      bearer.issuer().ifPresent(issuer -> fields.with("issuer", issuer));
      log.event(level, "auth.success", fields);
    }
  }

  private Refusal refused(Exchange exchange, Authentication.Rejected rejected) {
    log.event(
        Level.INFO,
        "auth.failure",
        LogFields.of("request_id", exchange.requestId()).with("reason", rejected.logReason()));
    Duration wait = admission.failedToken(exchange.clientAddress());
    if (wait.isPositive()) {
      return Refusal.retry(
          429, "too_many_failed_tokens", "too many tokens of your address were refused", wait);
    }
    return rejected.isExpired()
        ? challenge.of("token_expired", "JWT token expired")
        : challenge.of("invalid_token", "JWT token could not be verified");
  }

  /// Not 401: with that, a client throws a good token away.
  private Refusal unchecked(Exchange exchange, Authentication.Unavailable unavailable) {
    log.event(
        Level.WARNING,
        "auth.unavailable",
        LogFields.of("request_id", exchange.requestId()).with("reason", unavailable.logReason()));
    return Refusal.retry(
        503, "token_check_unavailable", "tokens cannot be checked now; try again", CHECK_PAUSE);
  }

  private void answer(Exchange exchange, Caller caller, RequestContext context) {
    MediaTypes types = MediaTypes.of(exchange);
    byte[] body = body(exchange, caller);
    switch (endpoint.take(body, caller, Optional.of(exchange::headers), context.requestId())) {
      case Outcome.Answered answered -> Delivery.send(exchange, types, answered.reply());
      case Outcome.Cancels cancels -> {
        delivery.cancel(exchange, caller, cancels.id());
        Delivery.send(exchange, types, new Reply.Accepted());
      }
      case Outcome.NeedsToken _ -> throw challenge.missing();
      case Outcome.NeedsScope(var level) -> throw challenge.scope(level);
      case Outcome.Work work -> {
        if (!(caller instanceof Caller.Anonymous)) {
          admission.charge(caller.principal(), work.messages() - 1);
        }
        if (!work.listens()) {
          if (!hasPlace(exchange, caller, work)) {
            return;
          }
        } else if (body.length > MAX_LISTENING_BODY) {
          throw new Refusal(
              413,
              "body_too_large",
              "a request to listen is held for long; send at most %d bytes"
                  .formatted(MAX_LISTENING_BODY));
        }
        delivery.follow(exchange, types, caller, work, context);
      }
    }
  }

  /// Takes a place in work, or says that there is none.
  private boolean hasPlace(Exchange exchange, Caller caller, Outcome.Work work) {
    try {
      exchange.enterWork(caller.principal());
      return true;
    } catch (Refusal refusal) {
      sendAway(exchange, refusal, Optional.of(work.id()));
      return false;
    }
  }

  /// The stream of news that clients of the revisions up to 2025-11-25 open by GET.
  private void news(Exchange exchange, Caller caller, RequestContext context) {
    exchange.header("MCP-Protocol-Version").ifPresent(McpRoute::requireNews);
    exchange.readBody(0);
    switch (endpoint.stream(caller, exchange::headers, context.requestId())) {
      case Outcome.Work work -> {
        MediaTypes.requireStream(exchange);
        delivery.follow(exchange, MediaTypes.STREAM, caller, work, context);
      }
      case Outcome.Answered answered ->
          Delivery.send(exchange, MediaTypes.STREAM, answered.reply());
      case Outcome.NeedsToken _ -> throw challenge.missing();
      case Outcome.Cancels _, Outcome.NeedsScope _ ->
          throw new IllegalStateException("a GET cancels nothing and calls no tool");
    }
  }

  private static void requireNews(String version) {
    ProtocolVersion known =
        ProtocolVersion.of(version)
            .orElseThrow(() ->
                new Refusal(
                    400, "unsupported_version", "there is no such MCP-Protocol-Version here"));
    if (known.isStateless()) {
      throw new Refusal(
          405,
          "method_not_allowed",
          "this revision has no GET; send subscriptions/listen",
          Map.of("Allow", "POST, OPTIONS"));
    }
  }

  private byte[] body(Exchange exchange, Caller caller) {
    if (!(caller instanceof Caller.Anonymous)) {
      return exchange.readBody(maxBodyBytes);
    }
    if (exchange.bodyLength().orElse(0) > MAX_OPEN_BODY) {
      throw challenge.missing();
    }
    try {
      return exchange.readBody(MAX_OPEN_BODY);
    } catch (Refusal e) {
      throw e.status() == 413 ? challenge.missing() : e;
    }
  }
}
