package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.SentMessages;
import com.quiltdata.mcp.task.TaskLimits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The endpoint of all tests: whatever leaves it is held to the schema of its revision.
public final class CheckedEndpoint extends McpEndpoint {
  /// What clients remember: the revision that the opening of each session agreed on. Of all
  /// endpoints, for replicas share sessions.
  private static final Map<String, String> AGREED = new ConcurrentHashMap<>();

  public CheckedEndpoint(
      StrictJson json,
      Catalogs catalogs,
      ServerIdentity server,
      boolean isOpen,
      EndpointLimits limits,
      TaskLimits taskLimits,
      Continuity continuity) {
    super(json, catalogs, server, isOpen, limits, taskLimits, continuity);
  }

  @Override
  public Outcome take(byte[] body, Caller caller, Optional<Headers> headers, String requestId) {
    return checked(
        super.take(body, caller, headers, requestId),
        SentMessages.inReplyTo(body, headers.flatMap(CheckedEndpoint::revision)));
  }

  @Override
  public Outcome take(byte[] body, Caller caller, Conversation conversation, String requestId) {
    Optional<String> revision = conversation.session().map(session -> session.version().wire());
    return checked(
        super.take(body, caller, conversation, requestId), SentMessages.inReplyTo(body, revision));
  }

  @Override
  public Outcome stream(Caller caller, Headers headers, String requestId) {
    return checked(
        super.stream(caller, headers, requestId),
        SentMessages.inReplyTo(new byte[0], revision(headers)));
  }

  private static Optional<String> revision(Headers headers) {
    return headers.values(SessionIds.HEADER).stream()
        .findFirst()
        .map(AGREED::get)
        .or(() -> headers.values(RoutingHeaders.VERSION).stream().findFirst());
  }

  private static Outcome checked(Outcome outcome, SentMessages messages) {
    return switch (outcome) {
      case Outcome.Answered(Reply reply) -> {
        check(reply, messages);
        yield outcome;
      }
      case Outcome.Work(
              RequestId id,
              int count,
              boolean endsWithStream,
              boolean listens,
              Outcome.Task task) ->
          new Outcome.Work(
              id,
              count,
              endsWithStream,
              listens,
              outbox -> {
                Reply reply = task.run(new CheckedOutbox(outbox, messages));
                check(reply, messages);
                return reply;
              });
      case Outcome.NeedsToken _, Outcome.NeedsScope _, Outcome.Cancels _ -> outcome;
    };
  }

  private static void check(Reply reply, SentMessages messages) {
    switch (reply) {
      case Reply.Json answer -> {
        messages.hears(answer.json());
        Optional.ofNullable(answer.headers().get(SessionIds.HEADER))
            .ifPresent(id -> AGREED.put(id, messages.agreed()));
      }
      case Reply.Accepted _ -> {
        // nothing is sent
      }
    }
  }

  private record CheckedOutbox(Outbox outbox, SentMessages messages) implements Outbox {
    @Override
    public void send(byte[] json) {
      messages.hears(json);
      outbox.send(json);
    }

    @Override
    public void open() {
      outbox.open();
    }

    @Override
    public boolean reachesClient() {
      return outbox.reachesClient();
    }

    @Override
    public <T> T away(Supplier<T> wait) {
      return outbox.away(wait);
    }

    @Override
    public void reserve(long bytes) {
      outbox.reserve(bytes);
    }
  }
}
