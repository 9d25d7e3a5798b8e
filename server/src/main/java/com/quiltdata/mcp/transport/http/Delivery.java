package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.protocol.Ending;
import com.quiltdata.mcp.protocol.Outcome;
import com.quiltdata.mcp.protocol.Reply;
import com.quiltdata.mcp.protocol.RequestId;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.RunningRequest;
import com.quiltdata.mcp.transport.Surface;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Takes what running requests say to their clients.
///
/// An answer is JSON until there is something to say before it, or ten seconds have passed; so
/// statuses stay right as long as they can. A client of a stateless revision that leaves cancels
/// its call; one of an earlier revision does not, but it may send `notifications/cancelled` in its
/// session. Either way the call keeps its place in work until it has ended, so that clients which
/// leave or cancel cannot pile calls up.
final class Delivery {
  private static final Map<String, String> STREAM_HEADERS =
      Map.of("X-Accel-Buffering", "no", "Cache-Control", "no-cache, no-store, no-transform");

  private final ResultRoom room;
  private final AnswerTimers timers;
  private final SessionCalls calls = new SessionCalls();

  /// A delivery.
  ///
  /// @param room for large results
  /// @param timers decide between JSON and a stream
  Delivery(ResultRoom room, AnswerTimers timers) {
    this.room = room;
    this.timers = timers;
  }

  /// Has work done and answers with what comes of it.
  ///
  /// @param exchange to answer on
  /// @param types what the client takes
  /// @param caller whose request it is
  /// @param work what to do
  /// @param context for the log
  void follow(
      Exchange exchange,
      MediaTypes types,
      Caller caller,
      Outcome.Work work,
      RequestContext context) {
    RunningRequest request = RunningRequest.of(work, context, room, surface(exchange, types));
    Runnable forget =
        work.endsWithStream() || work.listens()
            ? () -> {}
            : calls.keep(exchange, caller, work.id(), request);
    request.begin();
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
      case RunningRequest.Event.Cancelled _ -> endCancelled(exchange, types, work, request);
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
  private static void endCancelled(
      Exchange exchange, MediaTypes types, Outcome.Work work, RunningRequest request)
      throws InterruptedException {
    if (work.endsWithStream() || !types.allowsStream()) {
      throw LeftConnection.closed();
    }
    exchange.openStream(STREAM_HEADERS).close();
    request.awaitEnd();
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
    return Refusal.retry(503, Ending.CODE, Ending.TEXT, Duration.ofSeconds(1));
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
      if (!isTold(exchange, stream, work, request)) {
        return;
      }
    }
    request.awaitEnd();
  }

  /// Tells all of it, unless the server interrupts it, for its time to end has come: then the
  /// client is told so, and the stream ends as it should. A batch has no single answer and breaks
  /// off.
  private boolean isTold(
      Exchange exchange, SseStream stream, Outcome.Work work, RunningRequest request)
      throws InterruptedException {
    try {
      tell(stream, work, request);
      return true;
    } catch (InterruptedException e) {
      if (!exchange.isDraining() || work.listens() || work.messages() > 1) {
        throw e;
      }
      request.cancel();
      stream.event(Ending.of(work.id()));
      return false;
    }
  }

  private void tell(SseStream stream, Outcome.Work work, RunningRequest request)
      throws InterruptedException {
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

  /// Cancels a request of the same session and caller, if it still runs.
  ///
  /// @param exchange that brings the wish
  /// @param caller whose wish it is
  /// @param id of the request
  void cancel(Exchange exchange, Caller caller, RequestId id) {
    calls.cancel(exchange, caller, id);
  }

  /// Answers with a reply that is there already.
  static void send(Exchange exchange, MediaTypes types, Reply reply) {
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
