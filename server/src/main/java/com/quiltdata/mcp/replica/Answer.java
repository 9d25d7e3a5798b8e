package com.quiltdata.mcp.replica;

/// What came of a question to the replica that owns something.
public sealed interface Answer {
  /// The owner's handler answered.
  ///
  /// @param message what it said, empty when it had nothing to say
  record Answered(byte[] message) implements Answer {}

  /// No replica of that id runs any more: what it owned is lost.
  record Gone() implements Answer {}

  /// The owner may run, but gave no answer: it was silent, failed, or does not know the topic, as
  /// during a rolling update. The message may have been taken nevertheless. Trying again can help.
  record Unreachable() implements Answer {}
}
