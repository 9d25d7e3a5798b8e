package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.CallRule;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.tool.ToolResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The one line that each call of a tool leaves in the log: which tool and buckets, what was
/// decided by which rule, how long it took and how much it answered. Who called, and in which
/// request, stands on every line of a request. No argument is told but the names of buckets and
/// package.
final class CallAudit {
  private final EventLog log = EventLog.named("tool");

  /// There is no such tool.
  void unknown(Call call) {
    if (log.writes(Level.INFO)) {
      log.event(
          Level.INFO,
          "authz.denied",
          fields(call)
              .with("decision", "deny")
              .with("rule", CallRule.UNKNOWN_TOOL.wire())
              .with("success", false));
    }
  }

  /// The token's scope is too narrow.
  void lacksScope(Call call) {
    if (log.writes(Level.INFO)) {
      log.event(
          Level.INFO,
          "authz.denied",
          fields(call)
              .with("decision", "deny")
              .with("rule", CallRule.LEVEL.wire())
              .with("success", false)
              .with("error_code", "insufficient_scope"));
    }
  }

  /// It has ended.
  ///
  /// @param took from the start of its last round
  /// @param bytes of the response
  void ended(Call call, ToolResult result, Duration took, long bytes) {
    if (!log.writes(Level.INFO)) {
      return;
    }
    Optional<FaultCode> code =
        result instanceof ToolResult.Failure failure
            ? Optional.of(failure.code())
            : Optional.empty();
    Optional<CallRule> refusing = code.flatMap(CallRule::denying);
    LogFields fields =
        fields(call)
            .with("duration_ms", took.toMillis())
            .with("bytes_out", bytes)
            .with("decision", refusing.isPresent() ? "deny" : "allow")
            .with("rule", refusing.orElseGet(() -> CallRule.allowing(call.caller())).wire())
            .with("success", code.isEmpty());
    code.ifPresent(one -> fields.with("error_code", one.wire()));
    log.event(Level.INFO, refusing.isPresent() ? "authz.denied" : "tool.call", fields);
  }

  /// It asks its user first.
  void asks(Call call, Duration took) {
    goesOn(call, took, "asks");
  }

  /// It goes on as a task.
  void deferred(Call call, Duration took) {
    goesOn(call, took, "task");
  }

  private void goesOn(Call call, Duration took, String how) {
    if (log.writes(Level.INFO)) {
      log.event(
          Level.INFO,
          "tool.call",
          fields(call)
              .with("duration_ms", took.toMillis())
              .with("decision", "allow")
              .with("rule", CallRule.allowing(call.caller()).wire())
              .with(how, true));
    }
  }

  private static LogFields fields(Call call) {
    ObjectNode arguments = Params.objectOrEmpty(call.params(), "arguments");
    LogFields fields =
        LogFields.of("mcp.method", "tools/call")
            .with("tool", call.params().path("name").stringValue());
    NamedStorage.addTo(fields, arguments);
    return fields;
  }
}
