package com.quiltdata.mcp.replica;

/// The replicas of this server that run at the moment, and messages to them. Thread-safe.
///
/// A message is taken at most once by each replica. All methods block; none throws because of
/// another replica. A thread that is interrupted stays so and gets [Answer.Unreachable].
public interface Replicas extends AutoCloseable {
  /// The largest message.
  int MAX_MESSAGE_BYTES = 1 << 20;

  /// The largest answer.
  int MAX_ANSWER_BYTES = 4 << 20;

  /// Takes the messages of one topic, those of this replica too. Thread-safe, and done in moments:
  /// the asker waits a few seconds.
  @FunctionalInterface
  interface Handler {
    /// Takes a message.
    ///
    /// @param message from this replica or another of this server, at most [#MAX_MESSAGE_BYTES]
    /// @return the answer, at most [#MAX_ANSWER_BYTES]; empty when there is nothing to say
    byte[] take(byte[] message);
  }

  /// The name of this process.
  ReplicaId self();

  /// Whether every replica can be asked and told: there is but one, or the others are known. Where
  /// it is false, what needs the others must not be offered.
  boolean reachesAll();

  /// Asks the replica that owns something. Of itself, the handler is called directly.
  ///
  /// @param owner which replica
  /// @param topic whose handler
  /// @param message at most [#MAX_MESSAGE_BYTES]
  /// @return what came of it, within some seconds
  /// @throws IllegalArgumentException when the message is too large
  Answer ask(ReplicaId owner, String topic, byte[] message);

  /// Tells all replicas. This one's handler is called before the method returns; the others are
  /// told in the background, each in the order of publishing. Best effort: a replica that does not
  /// keep up, or that is not known yet, misses messages.
  ///
  /// @param topic whose handler; its answer is dropped
  /// @param message at most [#MAX_MESSAGE_BYTES]
  /// @throws IllegalArgumentException when the message is too large
  void publish(String topic, byte[] message);

  /// Says who takes the messages of a topic. Once a topic, before messages are expected.
  ///
  /// @param topic up to 64 lower-case letters, digits, dots and hyphens
  /// @param handler who takes them
  /// @throws IllegalArgumentException when the topic has another form
  /// @throws IllegalStateException when it has a handler
  void handle(String topic, Handler handler);

  /// Takes leave of the others, within a few seconds. Later questions are not answered.
  @Override
  void close();
}
