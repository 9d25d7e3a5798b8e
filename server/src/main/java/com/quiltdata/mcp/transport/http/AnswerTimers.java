package com.quiltdata.mcp.transport.http;

import java.time.Duration;

/// When the answer to a call becomes a stream, and how a stream stays alive.
///
/// @param unwatched calls that end within this time cost no watch over their connection
/// @param untilStream an answer that takes longer is a stream
/// @param betweenComments the longest silence on a stream, well below the 60 s after which load
///   balancers give a connection up
record AnswerTimers(Duration unwatched, Duration untilStream, Duration betweenComments) {

  /// The usual ones.
  static AnswerTimers of(Duration betweenComments) {
    return new AnswerTimers(Duration.ofMillis(2), Duration.ofSeconds(10), betweenComments);
  }

  /// The documented values.
  static AnswerTimers defaults() {
    return of(HttpTimers.defaults().comment());
  }
}
