package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.protocol.RequestId;
import com.quiltdata.mcp.transport.RunningRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The calls at work in sessions, for clients of the revisions up to 2025-11-25: those cancel by a
/// message on another connection (MCP 2025-11-25, basic/utilities/cancellation).
///
/// Ids are chosen by clients and repeat among them, so a call is found by its session and its
/// caller as well. A message that reaches another replica finds nothing, which is allowed.
final class SessionCalls {
  private final Map<Key, RunningRequest> running = new ConcurrentHashMap<>();

  /// What names a call.
  ///
  /// @param session the session id that came with it
  /// @param caller who sent it
  /// @param id its id
  private record Key(String session, String caller, RequestId id) {
    static Optional<Key> of(Exchange exchange, Caller caller, RequestId id) {
      return exchange
          .header("Mcp-Session-Id")
          .map(session -> new Key(session, caller.principal(), id));
    }
  }

  /// Keeps a call; without a session it cannot be found and is not kept.
  ///
  /// @return forgets it
  Runnable keep(Exchange exchange, Caller caller, RequestId id, RunningRequest request) {
    Optional<Key> key = Key.of(exchange, caller, id);
    key.ifPresent(name -> running.put(name, request));
    return () -> key.ifPresent(name -> running.remove(name, request));
  }

  /// Cancels a call if it is at work here.
  void cancel(Exchange exchange, Caller caller, RequestId id) {
    Key.of(exchange, caller, id).map(running::get).ifPresent(RunningRequest::cancel);
  }
}
