package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.protocol.RequestId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is under way for one line of the client: which of its requests still wait for an answer.
/// Each is answered once, or never after it was cancelled. Thread-safe.
final class Flight {
  private final Set<RequestId> waiting;
  private final Outgoing outgoing;
  private boolean isCancelled;

  Flight(Outgoing outgoing) {
    this.outgoing = outgoing;
    this.waiting = new HashSet<>(outgoing.ids());
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /// Takes the right to answer.
  ///
  /// @return false when it was answered, or is not to be answered any more
  synchronized boolean claim(RequestId id) {
    return waiting.remove(id);
  }

  /// Takes the right to answer whatever has no answer yet.
  synchronized List<RequestId> claimAll() {
    List<RequestId> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /// The client does not want an answer any more.
  synchronized void cancel(RequestId id) {
    waiting.remove(id);
    isCancelled = waiting.isEmpty();
  }

  synchronized boolean isCancelled() {
    return isCancelled;
  }

  synchronized boolean isAnswered() {
    return waiting.isEmpty();
  }
}
