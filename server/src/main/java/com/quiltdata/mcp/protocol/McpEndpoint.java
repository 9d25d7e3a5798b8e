package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.protocol.ProtocolVersion.Feature;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.LogLevel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The one endpoint for all revisions: decides from the body first, then the headers, which
/// revision a message speaks, and answers it. What a later message needs of an earlier one travels
/// with the client, sealed or signed, so that any replica answers it. Thread-safe.
///
/// Not final, so that tests can look at all that leaves it.
public class McpEndpoint {
  private static final int MAX_BATCH = 50;
  private static final Outbox NO_OUTBOX = _ -> {};
  private static final JsonNode NO_BODY = StrictJson.NODES.missingNode();
  private static final Set<String> OPEN_METHODS = Set.of("initialize", "ping", "server/discover");

  private final StrictJson json;
  private final Methods methods;
  private final RevisionWriter writer;
  private final Changes changes;
  private final boolean isOpen;
  private final EventLog log = EventLog.named("protocol");

  /// An endpoint.
  ///
  /// @param json reads messages
  /// @param catalogs what is served
  /// @param server who serves it
  /// @param isOpen whether `initialize`, `ping`, `server/discover` and notifications need no token
  /// @param limits of calls and streams
  /// @param taskLimits of tasks
  /// @param continuity what replicas share
  public McpEndpoint(
      StrictJson json,
      Catalogs catalogs,
      ServerIdentity server,
      boolean isOpen,
      EndpointLimits limits,
      TaskLimits taskLimits,
      Continuity continuity) {
    this.json = json;
    this.writer = new RevisionWriter(json, server);
    this.methods = new Methods(catalogs, server, writer, limits, taskLimits, continuity);
    this.changes = continuity.changes();
    this.isOpen = isOpen;
  }

  /// Whether clients of the revisions up to 2025-11-25 can have a stream of news.
  public boolean hasSessionStreams() {
    return changes.isComplete();
  }

  /// Gives a client of a revision up to 2025-11-25 its stream of news.
  ///
  /// @param caller who wants it
  /// @param headers of the request
  /// @param requestId names the request in logs
  /// @return what to do for it
  public Outcome stream(Caller caller, Headers headers, String requestId) {
    if (caller instanceof Caller.Anonymous) {
      return new Outcome.NeedsToken();
    }
    Incoming incoming =
        new Incoming(NO_BODY, caller, Optional.of(headers), Optional.empty(), requestId);
    RequestId none = new RequestId.Text("");
    try {
      Optional<Session> session = session(incoming);
      Call call =
          new Call(
              session.map(Session::version).orElseGet(incoming::assumed),
              none,
              StrictJson.NODES.objectNode(),
              incoming.headers(),
              Optional.empty(),
              session,
              caller,
              Set.of(),
              NO_OUTBOX,
              CallOutput.SILENT,
              requestId);
      return new Outcome.Work(none, true, true, outbox -> stream(call, outbox));
    } catch (RpcException e) {
      return answered(e, incoming.assumed(), Optional.empty(), e.code().httpStatus());
    }
  }

  private Reply stream(Call call, Outbox outbox) {
    try {
      methods.sessionStream().run(call.sendingTo(outbox, CallOutput.SILENT));
      return new Reply.Accepted();
    } catch (RpcException e) {
      return failed(call.version(), Optional.empty(), e, e.code().httpStatus());
    }
  }

  /// Begins the end: streams of news are closed, clients come back to another replica.
  public void endStreams() {
    changes.end();
  }

  /// Gives up what still runs without a client waiting for it.
  public void end() {
    methods.tasks().end();
  }

  /// Takes one body: a message, or a batch where the revision has them.
  ///
  /// @param body UTF-8 JSON
  /// @param caller who sends it
  /// @param headers of the HTTP request, if it came as one
  /// @param requestId names the request in logs
  /// @return what to do for it
  public Outcome take(byte[] body, Caller caller, Optional<Headers> headers, String requestId) {
    return take(body, new Incoming(NO_BODY, caller, headers, Optional.empty(), requestId));
  }

  /// Takes one body from a connection that serves a single client and has no headers.
  ///
  /// @param body UTF-8 JSON
  /// @param caller who sends it
  /// @param conversation the same for all messages of the connection
  /// @param requestId names the request in logs
  /// @return what to do for it
  public Outcome take(byte[] body, Caller caller, Conversation conversation, String requestId) {
    return take(
        body,
        new Incoming(NO_BODY, caller, Optional.empty(), Optional.of(conversation), requestId));
  }

  /// Answers a message that nobody read for its length.
  ///
  /// @param maxBytes the longest that is read
  /// @param conversation that it is part of
  /// @return the refusal
  public Reply tooLong(int maxBytes, Conversation conversation) {
    RpcException error =
        new RpcException(
            ErrorCode.PARSE_ERROR, "Parse error: the message is over %d bytes".formatted(maxBytes));
    ProtocolVersion version =
        conversation.session().map(Session::version).orElse(ProtocolVersion.ASSUMED);
    return failed(version, Optional.empty(), error, error.code().httpStatus());
  }

  private Outcome take(byte[] body, Incoming unread) {
    JsonNode message;
    try {
      message = json.read(body);
    } catch (MalformedJsonException e) {
      RpcException error =
          new RpcException(ErrorCode.PARSE_ERROR, "Parse error: " + e.getMessage());
      return answered(error, unread.assumed(), Optional.empty(), error.code().httpStatus());
    }
    if (unread.caller() instanceof Caller.Anonymous && needsToken(message)) {
      return new Outcome.NeedsToken();
    }
    Incoming incoming = unread.with(message);
    return message instanceof ArrayNode batch ? takeBatch(batch, incoming) : takeOne(incoming);
  }

  private boolean needsToken(JsonNode message) {
    if (message instanceof ArrayNode batch) {
      return batch.valueStream().anyMatch(this::needsToken);
    }
    JsonNode method = message.path("method");
    if (!method.isString()) {
      return message.has("result") || message.has("error");
    }
    String name = method.stringValue();
    return !isOpen || !(OPEN_METHODS.contains(name) || name.startsWith("notifications/"));
  }

  private Outcome takeOne(Incoming incoming) {
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
      return answered(e, version, Message.id(incoming.body()), e.code().httpStatus());
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
  private Optional<Session> session(Incoming incoming) {
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
      return answered(e, call.version(), Optional.of(call.id()), statusBefore(call.version(), e));
    }
    if (!method.isLong()) {
      return new Outcome.Answered(run(method, call));
    }
    return new Outcome.Work(
        call.id(),
        isStateless,
        method.listens(),
        outbox ->
            traced(
                method,
                call.sendingTo(
                    outbox, new RequestOutput(writer, outbox, progressToken, logLevel))));
  }

  private Call statelessCall(Message.Request request, Incoming incoming) {
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

  /// Runs a method as a part of the client's trace, if it is part of one.
  private Reply traced(Method method, Call call) {
    Optional<String> traceId = TraceContext.traceId(call.params().path("_meta"));
    Optional<RequestContext> context = RequestContext.current();
    if (traceId.isEmpty() || context.isEmpty()) {
      return run(method, call);
    }
    Reply[] reply = new Reply[1];
    context.get().withTrace(traceId.get()).run(() -> reply[0] = run(method, call));
    return Objects.requireNonNull(reply[0]);
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

  private Reply run(Method method, Call call) {
    Optional<RequestId> id = Optional.of(call.id());
    try {
      return switch (method.answer(call)) {
        case Result.Silence _ -> new Reply.Accepted();
        case Result.Opening opening ->
            new Reply.Json(
                200,
                writer.response(call.version(), call.id(), opening),
                Map.of(SessionIds.HEADER, opening.sessionId()));
        case Result.Tree tree ->
            new Reply.Json(200, writer.response(call.version(), call.id(), tree));
        case Result.Prepared prepared ->
            new Reply.Json(200, writer.response(call.version(), call.id(), prepared));
      };
    } catch (RpcException e) {
      return failed(call.version(), id, e, e.code().statusInWork());
    } catch (RuntimeException | Error e) {
      // Errors too, such as a stack overflow: nobody else knows the id to answer to.
      log.defect(method.name(), e);
      RpcException error =
          new RpcException(
              ErrorCode.INTERNAL_ERROR,
              "Internal error; the log has more under request id " + call.requestId());
      return failed(call.version(), id, error, error.code().httpStatus());
    }
  }

  private Outcome takeBatch(ArrayNode batch, Incoming incoming) {
    ProtocolVersion version = incoming.assumed();
    Optional<String> refusal = Optional.empty();
    if (!version.has(Feature.BATCH)
        || incoming.headers().filter(McpEndpoint::hasRoutingHeader).isPresent()) {
      refusal = Optional.of("batches exist in revision 2025-03-26 only");
    } else if (batch.isEmpty()) {
      refusal = Optional.of("the batch is empty");
    } else if (batch.size() > MAX_BATCH) {
      refusal = Optional.of("a batch holds at most %d messages".formatted(MAX_BATCH));
    } else if (batch.valueStream().noneMatch(McpEndpoint::isMessage)) {
      refusal = Optional.of("the batch holds no message");
    }
    if (refusal.isPresent()) {
      RpcException error =
          new RpcException(ErrorCode.INVALID_REQUEST, "Invalid request: " + refusal.get());
      return answered(error, version, Optional.empty(), error.code().httpStatus());
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode member : batch) {
      if (member.path("method").asString("").equals("initialize")) {
        RpcException error =
            new RpcException(
                ErrorCode.INVALID_REQUEST,
                "Invalid request: initialize stands alone, not in a batch");
        outcomes.add(answered(error, version, Message.id(member), error.code().httpStatus()));
      } else {
        outcomes.add(takeOne(incoming.with(member)));
      }
    }
    if (outcomes.stream().allMatch(McpEndpoint::hasNoAnswer)) {
      return new Outcome.Answered(new Reply.Accepted());
    }
    RequestId first =
        batch
            .valueStream()
            .map(Message::id)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(new RequestId.Text(""));
    return new Outcome.Work(first, false, false, outbox -> answerAll(outcomes, outbox));
  }

  private static boolean hasNoAnswer(Outcome outcome) {
    return outcome instanceof Outcome.Cancels
        || (outcome instanceof Outcome.Answered(Reply reply) && reply instanceof Reply.Accepted);
  }

  private Reply answerAll(List<Outcome> outcomes, Outbox outbox) {
    List<byte[]> answers = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Reply reply =
          switch (outcome) {
            case Outcome.Answered answered -> answered.reply();
            case Outcome.Work work -> work.task().run(outbox);
            case Outcome.NeedsToken _, Outcome.Cancels _ -> new Reply.Accepted();
          };
      switch (reply) {
        case Reply.Json answer -> answers.add(answer.json());
        case Reply.Accepted _ -> {
          // a notification has no answer
        }
      }
    }
    return new Reply.Json(200, JsonArrays.join(answers));
  }

  private static boolean hasRoutingHeader(Headers headers) {
    return !headers.values("Mcp-Method").isEmpty() || !headers.values("Mcp-Name").isEmpty();
  }

  private static boolean isMessage(JsonNode member) {
    try {
      return Message.of(member) != null;
    } catch (RpcException e) {
      return false;
    }
  }

  private Outcome answered(
      RpcException error, ProtocolVersion version, Optional<RequestId> id, int httpStatus) {
    return new Outcome.Answered(failed(version, id, error, httpStatus));
  }

  private Reply failed(
      ProtocolVersion version, Optional<RequestId> id, RpcException error, int httpStatus) {
    boolean canComeAgain =
        error.code() == ErrorCode.BUSY || error.code() == ErrorCode.SHARE_USED_UP;
    return new Reply.Json(
        httpStatus,
        writer.error(version, id, error),
        canComeAgain ? Map.of("Retry-After", "1") : Map.of());
  }
}
