package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.protocol.ProtocolVersion.Feature;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.LogLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The one endpoint for all revisions: decides from the body first, then the headers, which
/// revision a message speaks, and answers it. Holds no state between messages. Thread-safe.
public final class McpEndpoint {
  private static final int MAX_BATCH = 50;
  private static final JsonNode NO_BODY = StrictJson.NODES.missingNode();
  private static final Set<String> OPEN_METHODS = Set.of("initialize", "ping", "server/discover");

  private final StrictJson json;
  private final Methods methods;
  private final RevisionWriter writer;
  private final boolean isOpen;
  private final EventLog log = EventLog.named("protocol");

  /// An endpoint.
  ///
  /// @param json reads messages
  /// @param catalogs what is served
  /// @param server who serves it
  /// @param isOpen whether `initialize`, `ping`, `server/discover` and notifications need no token
  /// @param callTimeout the longest that a call may take
  public McpEndpoint(
      StrictJson json,
      Catalogs catalogs,
      ServerIdentity server,
      boolean isOpen,
      Duration callTimeout) {
    this.json = json;
    this.writer = new RevisionWriter(json, server);
    this.methods = new Methods(catalogs, server, writer, new Deadline(callTimeout));
    this.isOpen = isOpen;
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
        case Message.Request request -> takeRequest(request, isStateless, version, incoming);
        case Message.Notification notification -> {
          if (isStateless) {
            StatelessLadder.climb(notification, incoming.headers());
          }
          yield taken(notification);
        }
        case Message.Response _ -> {
          if (isStateless) {
            throw new RpcException(
                ErrorCode.INVALID_REQUEST,
                "Invalid request: this revision has no responses of clients");
          }
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

  private Outcome takeRequest(
      Message.Request request, boolean isStateless, ProtocolVersion assumed, Incoming incoming) {
    ProtocolVersion version =
        isStateless ? StatelessLadder.climb(request, incoming.headers()) : assumed;
    Call call =
        new Call(
            version,
            request.id(),
            request.params(),
            incoming.headers(),
            incoming.conversation(),
            incoming.caller(),
            CallOutput.SILENT,
            incoming.requestId());
    Method method;
    Optional<LogLevel> logLevel;
    Optional<JsonNode> progressToken;
    try {
      method =
          methods
              .find(request.method(), version)
              .orElseThrow(() -> new RpcException(ErrorCode.METHOD_NOT_FOUND, "Method not found"));
      logLevel =
          version.isStateless()
              ? StatelessLadder.logLevel(request.params())
              : Optional.of(LogLevel.INFO);
      progressToken = progressToken(request);
      method.check(call);
    } catch (RpcException e) {
      return answered(e, version, Optional.of(request.id()), statusBefore(version, e));
    }
    if (!method.isLong()) {
      return new Outcome.Answered(run(method, call));
    }
    return new Outcome.Work(
        request.id(),
        version.isStateless(),
        outbox ->
            run(
                method,
                call.sendingTo(new RequestOutput(writer, outbox, progressToken, logLevel))));
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
    try {
      return new Reply.Json(200, writer.response(call.version(), call.id(), method.answer(call)));
    } catch (RpcException e) {
      int status = e.code() == ErrorCode.MISSING_CLIENT_CAPABILITY ? 400 : 200;
      return new Reply.Json(status, writer.error(call.version(), Optional.of(call.id()), e));
    } catch (RuntimeException | Error e) {
      // Errors too, such as a stack overflow: nobody else knows the id to answer to.
      log.defect(method.name(), e);
      RpcException error =
          new RpcException(
              ErrorCode.INTERNAL_ERROR,
              "Internal error; the log has more under request id " + call.requestId());
      return new Reply.Json(
          error.code().httpStatus(), writer.error(call.version(), Optional.of(call.id()), error));
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
    return new Outcome.Work(first, false, outbox -> answerAll(outcomes, outbox));
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
    return new Outcome.Answered(new Reply.Json(httpStatus, writer.error(version, id, error)));
  }
}
