package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.LogLevel;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Takes single messages: finds revision, session and method, and whatever is wrong while there is
/// still a status to choose. Thread-safe.
final class Reception {
  private static final Outbox NO_OUTBOX = _ -> {};

  private final Methods methods;
  private final RevisionWriter writer;
  private final Execution execution;

  Reception(Methods methods, RevisionWriter writer, Execution execution) {
    this.methods = methods;
    this.writer = writer;
    this.execution = execution;
  }

  Outcome take(Incoming incoming) {
    boolean isStateless = StatelessLadder.isMeant(incoming.body(), incoming.headers());
    try {
      Message message = Message.of(incoming.body());
      return isStateless ? takeStateless(message, incoming) : takeInSession(message, incoming);
    } catch (RpcException e) {
      return execution.refused(
          e,
          isStateless ? ProtocolVersion.V2026_07_28 : version(incoming),
          Message.id(incoming.body()));
    }
  }

  private Outcome takeStateless(Message message, Incoming incoming) {
    return switch (message) {
      case Message.Request request -> {
        ProtocolVersion version = StatelessLadder.climb(request, incoming.headers());
        Set<ClientCapability> capabilities =
            ClientCapability.of(request.params().path("_meta").path(MetaKeys.CLIENT_CAPABILITIES));
        yield take(call(request, incoming, version, Optional.empty(), capabilities), request);
      }
      case Message.Notification notification -> {
        StatelessLadder.climb(notification, incoming.headers());
        yield taken(notification);
      }
      case Message.Response _ ->
          throw new RpcException(
              ErrorCode.INVALID_REQUEST,
              "Invalid request: this revision has no responses of clients");
    };
  }

  private Outcome takeInSession(Message message, Incoming incoming) {
    // An id that has ended must not keep a client from beginning again.
    boolean begins = message instanceof Message.Request one && one.method().equals("initialize");
    Optional<Session> session = begins ? Optional.empty() : session(incoming);
    return switch (message) {
      case Message.Request request ->
          take(
              call(
                  request,
                  incoming,
                  session.map(Session::version).orElseGet(incoming::assumed),
                  session,
                  session.map(Session::capabilities).orElseGet(Set::of)),
              request);
      case Message.Notification notification -> taken(notification);
      case Message.Response response -> {
        methods.questions().answer(response, incoming.caller());
        yield new Outcome.Answered(new Reply.Accepted());
      }
    };
  }

  private static Outcome taken(Message.Notification notification) {
    return notification.method().equals("notifications/cancelled")
        ? Optional.ofNullable(notification.params().get("requestId"))
            .flatMap(RequestId::of)
            .<Outcome>map(Outcome.Cancels::new)
            .orElseGet(() -> new Outcome.Answered(new Reply.Accepted()))
        : new Outcome.Answered(new Reply.Accepted());
  }

  /// The session of a message of a revision that has them.
  ///
  /// @throws RpcException when its id cannot be used any more
  Optional<Session> session(Incoming incoming) {
    Optional<Session> held = incoming.conversation().flatMap(Conversation::session);
    return held.isPresent()
        ? held
        : incoming
            .headers()
            .flatMap(all -> all.values(SessionIds.HEADER).stream().findFirst())
            .flatMap(id -> methods.sessions().read(id, incoming.caller()));
  }

  /// The revision of a message that does not tell it itself; of its session, if it has a good one.
  ProtocolVersion version(Incoming incoming) {
    ProtocolVersion assumed = incoming.assumed();
    if (assumed.isStateless()) {
      return assumed;
    }
    try {
      return session(incoming).map(Session::version).orElse(assumed);
    } catch (RpcException _) {
      return assumed;
    }
  }

  private Outcome take(Call call, Message.Request request) {
    Method method;
    Optional<LogLevel> logLevel;
    Optional<JsonNode> progressToken;
    try {
      method =
          methods
              .find(request.method(), call.version())
              .orElseThrow(() -> new RpcException(ErrorCode.METHOD_NOT_FOUND, "Method not found"));
      logLevel = logLevel(call, method);
      progressToken = progressToken(request);
      method.check(call);
    } catch (RpcException e) {
      return execution.refused(
          e, call.version(), Optional.of(call.id()), statusBefore(call.version(), e));
    }
    Optional<Level> lacked = method.lackedLevel(call);
    if (lacked.isPresent()) {
      return new Outcome.NeedsScope(lacked.get());
    }
    if (!method.isLong()) {
      return new Outcome.Answered(execution.run(method, call));
    }
    return new Outcome.Work(
        call.id(),
        1,
        call.version().isStateless(),
        method.listens(),
        outbox ->
            execution.run(
                method,
                call.sendingTo(
                    outbox, new RequestOutput(writer, outbox, progressToken, logLevel))));
  }

  private static Call call(
      Message.Request request,
      Incoming incoming,
      ProtocolVersion version,
      Optional<Session> session,
      Set<ClientCapability> capabilities) {
    return new Call(
        version,
        request.id(),
        request.params(),
        incoming.headers(),
        incoming.conversation(),
        session,
        incoming.caller(),
        capabilities,
        NO_OUTBOX,
        CallOutput.SILENT,
        incoming.requestId());
  }

  /// What a call's messages must reach to be sent; of no interest where there are none.
  private Optional<LogLevel> logLevel(Call call, Method method) {
    if (call.version().isStateless()) {
      return StatelessLadder.logLevel(call.params());
    }
    return method.isLong()
        ? call.session().flatMap(methods.notes()::level).or(() -> Optional.of(LogLevel.INFO))
        : Optional.empty();
  }

  /// The HTTP status of an error that was found before the call began.
  private static int statusBefore(ProtocolVersion version, RpcException error) {
    return version.isStateless() ? error.code().httpStatus() : 200;
  }

  private static Optional<JsonNode> progressToken(Message.Request request) {
    Optional<JsonNode> token =
        Optional.ofNullable(request.params().path("_meta").get(MetaKeys.PROGRESS_TOKEN));
    token.ifPresent(node -> {
      if (!node.isString() && !node.isIntegralNumber()) {
        throw new RpcException(
            ErrorCode.INVALID_PARAMS, "_meta.progressToken must be a string or an integer");
      }
    });
    return token;
  }
}
