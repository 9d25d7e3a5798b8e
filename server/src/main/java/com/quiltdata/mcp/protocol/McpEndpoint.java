package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.CallOutput;
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
  private static final Outbox NO_OUTBOX = _ -> {};
  private static final JsonNode NO_BODY = StrictJson.NODES.missingNode();
  private static final Set<String> OPEN_METHODS = Set.of("initialize", "ping", "server/discover");

  private final StrictJson json;
  private final Methods methods;
  private final Execution execution;
  private final Reception reception;
  private final Batches batches;
  private final LongMessages longMessages;
  private final Changes changes;
  private final boolean isOpen;

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
    RevisionWriter writer = new RevisionWriter(json, server);
    this.methods = new Methods(catalogs, server, writer, limits, taskLimits, continuity);
    this.execution = new Execution(writer);
    this.reception = new Reception(methods, writer, execution);
    this.batches = new Batches(reception, execution);
    this.longMessages = new LongMessages(catalogs.tools(), limits.usualBytes());
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
      Optional<Session> session = reception.session(incoming);
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
      return new Outcome.Work(none, 1, true, true, outbox -> stream(call, outbox));
    } catch (RpcException e) {
      return execution.refused(e, incoming.assumed(), Optional.empty());
    }
  }

  private Reply stream(Call call, Outbox outbox) {
    try {
      methods.sessionStream().run(call.sendingTo(outbox, CallOutput.SILENT));
      return new Reply.Accepted();
    } catch (RpcException e) {
      return execution.failed(call.version(), Optional.empty(), e, e.code().httpStatus());
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

  /// Answers a message that is not taken now.
  ///
  /// @param httpStatus 429 when its sender has asked for too much, 503 when all together have
  /// @param reason why, for programs
  /// @param text why, for people
  /// @param headers of the request
  /// @param id of the message, if it was read
  /// @return the refusal, which says that the message may come again
  public Reply sentAway(
      int httpStatus, String reason, String text, Headers headers, Optional<RequestId> id) {
    Incoming incoming =
        new Incoming(NO_BODY, new Caller.Anonymous(), Optional.of(headers), Optional.empty(), "");
    ErrorCode code = httpStatus == 429 ? ErrorCode.SHARE_USED_UP : ErrorCode.BUSY;
    return execution.failed(
        incoming.assumed(), id, RpcException.comeAgain(code, reason, text), httpStatus);
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
    return execution.failed(version, Optional.empty(), error, error.code().httpStatus());
  }

  private Outcome take(byte[] body, Incoming unread) {
    JsonNode message;
    try {
      message = json.read(body);
    } catch (MalformedJsonException e) {
      RpcException error =
          new RpcException(ErrorCode.PARSE_ERROR, "Parse error: " + e.getMessage());
      return execution.refused(error, reception.version(unread), Optional.empty());
    }
    if (unread.caller() instanceof Caller.Anonymous && needsToken(message)) {
      return new Outcome.NeedsToken();
    }
    try {
      longMessages.check(message, body.length);
    } catch (RpcException e) {
      return execution.refused(e, reception.version(unread), Message.id(message));
    }
    Incoming incoming = unread.with(message);
    return message instanceof ArrayNode batch
        ? batches.take(batch, incoming)
        : reception.take(incoming);
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
}
