package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.RequestContext;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Runs methods and puts whatever becomes of them into replies. Thread-safe.
final class Execution {
  private final RevisionWriter writer;
  private final EventLog log = EventLog.named("protocol");

  Execution(RevisionWriter writer) {
    this.writer = writer;
  }

  /// Runs a method as a part of the client's trace, if it is part of one.
  Reply run(Method method, Call call) {
    Optional<String> traceId = TraceContext.traceId(call.params().path("_meta"));
    Optional<RequestContext> context = RequestContext.current();
    if (traceId.isEmpty() || context.isEmpty()) {
      return answer(method, call);
    }
    Reply[] reply = new Reply[1];
    context.get().withTrace(traceId.get()).run(() -> reply[0] = answer(method, call));
    return Objects.requireNonNull(reply[0]);
  }

  private Reply answer(Method method, Call call) {
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
        case Result.Counted counted -> {
          byte[] response = writer.response(call.version(), call.id(), counted);
          counted.written().accept(response.length);
          yield new Reply.Json(200, response);
        }
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

  /// The answer to what is refused before any method runs.
  Outcome refused(RpcException error, ProtocolVersion version, Optional<RequestId> id) {
    return refused(error, version, id, error.code().httpStatus());
  }

  /// The same with an HTTP status of its own.
  Outcome refused(
      RpcException error, ProtocolVersion version, Optional<RequestId> id, int httpStatus) {
    return new Outcome.Answered(failed(version, id, error, httpStatus));
  }

  /// An error as a reply.
  Reply failed(
      ProtocolVersion version, Optional<RequestId> id, RpcException error, int httpStatus) {
    boolean canComeAgain =
        error.code() == ErrorCode.BUSY || error.code() == ErrorCode.SHARE_USED_UP;
    return new Reply.Json(
        httpStatus,
        writer.error(version, id, error),
        canComeAgain ? Map.of("Retry-After", "1") : Map.of());
  }
}
