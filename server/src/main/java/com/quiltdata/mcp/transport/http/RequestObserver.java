package com.quiltdata.mcp.transport.http;

import java.time.Duration;

/// Is told of every request once its answer has left. Called on the connection's thread, so it has
/// to be quick; what it throws is logged and forgotten.
@FunctionalInterface
public interface RequestObserver {
  /// A request is over.
  ///
  /// @param request what there is to say about it
  void observed(Observed request);

  /// One request and its answer.
  ///
  /// @param requestId as answered in `x-request-id`
  /// @param method as sent, empty if the request line could not be read
  /// @param path as sent, without the query, empty if the request line could not be read
  /// @param status as answered; 499 when the client left before an answer began
  /// @param duration from the end of the header to the end of the answer
  /// @param bytesOut bytes of the answer with its head; of a refused head, of the body alone
  /// @param isProbe whether it asked for the server's health
  record Observed(
      String requestId,
      String method,
      String path,
      int status,
      Duration duration,
      long bytesOut,
      boolean isProbe) {}
}
