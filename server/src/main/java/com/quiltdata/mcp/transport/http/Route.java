package com.quiltdata.mcp.transport.http;

import java.util.Set;

/// Answers the requests of one path. Thread-safe.
public interface Route {
  /// The methods that [#handle(Exchange)] answers; any other gets 405, `OPTIONS` is answered for
  /// every route. With `HEAD` in it, bodies of answers to `HEAD` are left out by the [Exchange].
  Set<String> methods();

  /// Answers one request, before it returns.
  ///
  /// Runs on the connection's thread, which must never be interrupted: a call that can be cancelled
  /// runs on a thread of its own. A [Refusal] becomes its answer; anything else that is thrown
  /// becomes a 500 which says nothing, and goes to the log.
  ///
  /// @param exchange the request and its answer
  /// @throws Exception for the last resort
  void handle(Exchange exchange) throws Exception;

  /// Whether the route asks for the server's health. Such requests do not count as traffic when the
  /// server waits for quiet.
  default boolean isProbe() {
    return false;
  }
}
