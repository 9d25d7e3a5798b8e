package com.quiltdata.mcp.replica;

import com.quiltdata.mcp.observe.EventLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The handlers of this replica by topic.
final class Handlers {
  static final int MAX_TOPIC_CHARS = 64;

  private static final Pattern TOPIC = Pattern.compile("[a-z0-9.-]{1," + MAX_TOPIC_CHARS + "}");

  private final EventLog log = EventLog.named("replica");
  private final Map<String, Replicas.Handler> byTopic = new ConcurrentHashMap<>();

  void put(String topic, Replicas.Handler handler) {
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "a topic has up to 64 lower-case letters, digits, dots and hyphens");
    }
    if (byTopic.putIfAbsent(topic, handler) != null) {
      throw new IllegalStateException("the topic " + topic + " has a handler");
    }
  }

  /// Has a message taken.
  ///
  /// @return the answer; empty when there is no handler or it failed
  Optional<byte[]> take(String topic, byte[] message) {
    Replicas.Handler handler = byTopic.get(topic);
    if (handler == null) {
      return Optional.empty();
    }
    try {
      byte[] answer = handler.take(message);
      if (answer.length > Replicas.MAX_ANSWER_BYTES) {
        throw new IllegalStateException("an answer of %d bytes".formatted(answer.length));
      }
      return Optional.of(answer);
    } catch (RuntimeException e) {
      log.defect("the handler of the topic " + topic, e);
      return Optional.empty();
    }
  }

  /// The same as an answer.
  Answer ask(String topic, byte[] message) {
    return take(topic, message)
        .<Answer>map(Answer.Answered::new)
        .orElseGet(Answer.Unreachable::new);
  }

  static void requireSendable(byte[] message) {
    if (message.length > Replicas.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a message of %d bytes; replicas take up to %d"
              .formatted(message.length, Replicas.MAX_MESSAGE_BYTES));
    }
  }
}
