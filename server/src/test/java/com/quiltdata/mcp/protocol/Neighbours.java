package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.replica.Answer;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.Replicas;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Replicas in one process that hand messages across at once. What a handler throws reaches whoever
/// sent the message: nothing is swallowed.
final class Neighbours {
  private final SecureRandom random = new SecureRandom();
  private final Map<ReplicaId, Member> members = new ConcurrentHashMap<>();

  /// One replica more.
  Member join() {
    Member member = new Member(ReplicaId.random(random));
    members.put(member.self(), member);
    return member;
  }

  /// One replica, as itself and the others see it.
  final class Member implements Replicas {
    /// The topics of everything that was published here, in order.
    final List<String> published = new CopyOnWriteArrayList<>();

    private final ReplicaId self;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private volatile boolean reachesAll = true;

    private Member(ReplicaId self) {
      this.self = self;
    }

    /// From now on there may be others that are not known.
    Member isolated() {
      reachesAll = false;
      return this;
    }

    @Override
    public ReplicaId self() {
      return self;
    }

    @Override
    public boolean reachesAll() {
      return reachesAll;
    }

    @Override
    public Answer ask(ReplicaId owner, String topic, byte[] message) {
      requireSendable(message);
      return Optional.ofNullable(members.get(owner))
          .<Answer>map(member -> new Answer.Answered(member.take(topic, message)))
          .orElseGet(Answer.Gone::new);
    }

    @Override
    public void publish(String topic, byte[] message) {
      requireSendable(message);
      published.add(topic);
      take(topic, message);
      members.values().stream()
          .filter(member -> member != this)
          .forEach(member -> member.take(topic, message));
    }

    private byte[] take(String topic, byte[] message) {
      return Optional.ofNullable(handlers.get(topic)).orElseThrow().take(message);
    }

    private static void requireSendable(byte[] message) {
      if (message.length > MAX_MESSAGE_BYTES) {
        throw new IllegalArgumentException("too large");
      }
    }

    @Override
    public void handle(String topic, Handler handler) {
      if (handlers.putIfAbsent(topic, handler) != null) {
        throw new IllegalStateException("the topic has a handler");
      }
    }

    @Override
    public void close() {
      members.remove(self);
    }
  }
}
