package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Level;

/// What became of a message before any work was done for it.
public sealed interface Outcome {
  /// It is answered already.
  ///
  /// @param reply the answer
  record Answered(Reply reply) implements Outcome {}

  /// It needs a token and came without one. Nothing was done.
  record NeedsToken() implements Outcome {}

  /// It needs more than the token's scope gives, and another token of the same issuer can have
  /// that. Nothing was done.
  ///
  /// @param level what is needed
  record NeedsScope(Level level) implements Outcome {}

  /// The client gives a request up that it sent before. Ids are chosen by clients, so a transport
  /// that serves many must know the session and the caller as well: else one could cancel the work
  /// of another.
  ///
  /// @param id of that request
  record Cancels(RequestId id) implements Outcome {}

  /// Work is to be done for it, on a thread of its own.
  ///
  /// @param id of the request
  /// @param messages how many came in one body
  /// @param endsWithStream whether a client that closes the connection thereby cancels it
  /// @param listens whether it mostly waits for news, for an hour perhaps: it takes no place among
  ///   the requests in work
  /// @param task does the work
  record Work(RequestId id, int messages, boolean endsWithStream, boolean listens, Task task)
      implements Outcome {}

  /// Work for one request, or for a batch of them.
  @FunctionalInterface
  interface Task {
    /// Does it. An interrupt cancels it.
    ///
    /// @param outbox for notifications on the way
    /// @return the answer
    Reply run(Outbox outbox);
  }
}
