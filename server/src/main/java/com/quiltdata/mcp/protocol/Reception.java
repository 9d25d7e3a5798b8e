package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.LogLevel;
import java.util.EnumSet;
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
    ProtocolVersion version = isStateless ? ProtocolVersion.V2026_07_28 : incoming.assumed();
    try {
      return switch (Message.of(incoming.body())) {
        case Message.Request request -> takeRequest(request, isStateless, incoming);
        case Message.Notification notification -> {
          if (isStateless) {
            StatelessLadder.climb(notification, incoming.headers());
          }
          yield taken(notification);
        }
        case Message.Response response -> {
          if (isStateless) {
            throw new RpcException(
                ErrorCode.INVALID_REQUEST,
                "Invalid request: this revision has no responses of clients");
          }
          methods.questions().answer(response, incoming.caller());
          yield new Outcome.Answered(new Reply.Accepted());
        }
      };
    } catch (RpcException e) {
      return execution.refused(e, version, Message.id(incoming.body()));
    }
  }

  private static Outcome taken(Message.Notification notification) {
    return notification.method().equals("notifications/cancelled")
        ? Optional.ofNullable(notification.params().get("requestId"))
            .flatMap(RequestId::of)
            .<Outcome>map(Outcome.Cancels::new)
            .orElseGet(() -> new Outcome.Answered(new Reply.Accepted()))
        : new Outcome.Answered(new Reply.Accepted());
  }

  /// The session of a request of a revision that has them.
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

  private Outcome takeRequest(Message.Request request, boolean isStateless, Incoming incoming) {
    Call call = isStateless ? statelessCall(request, incoming) : sessionCall(request, incoming);
    Method method;
    Optional<LogLevel> logLevel;
    Optional<JsonNode> progressToken;
    try {
      method =
          methods
              .find(request.method(), call.version())
              .orElseThrow(() -> new RpcException(ErrorCode.METHOD_NOT_FOUND, "Method not found"));
      logLevel = logLevel(call);
      progressToken = progressToken(request);
      method.check(call);
    } catch (RpcException e) {
      return execution.refused(
          e, call.version(), Optional.of(call.id()), statusBefore(call.version(), e));
    }
    if (!method.isLong()) {
      return new Outcome.Answered(execution.run(method, call));
    }
    return new Outcome.Work(
        call.id(),
        isStateless,
        method.listens(),
        outbox ->
            execution.run(
                method,
                call.sendingTo(
                    outbox, new RequestOutput(writer, outbox, progressToken, logLevel))));
  }

  private static Call statelessCall(Message.Request request, Incoming incoming) {
    ProtocolVersion version = StatelessLadder.climb(request, incoming.headers());
    Set<ClientCapability> capabilities =
        ClientCapability.of(request.params().path("_meta").path(MetaKeys.CLIENT_CAPABILITIES));
    return call(request, incoming, version, Optional.empty(), capabilities);
  }

  private Call sessionCall(Message.Request request, Incoming incoming) {
    // An id that has ended must not keep a client from beginning again.
    Optional<Session> session =
        request.method().equals("initialize") ? Optional.empty() : session(incoming);
    Set<ClientCapability> capabilities = EnumSet.noneOf(ClientCapability.class);
    session.ifPresent(one -> capabilities.addAll(one.capabilities()));
    // An extension of the stateless revision.
    capabilities.remove(ClientCapability.TASKS);
    ProtocolVersion version = session.map(Session::version).orElseGet(incoming::assumed);
    return call(request, incoming, version, session, capabilities);
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

  private Optional<LogLevel> logLevel(Call call) {
    return call.version().isStateless()
        ? StatelessLadder.logLevel(call.params())
        : call.session().flatMap(methods.notes()::level).or(() -> Optional.of(LogLevel.INFO));
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
