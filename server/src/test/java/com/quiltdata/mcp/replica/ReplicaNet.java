package com.quiltdata.mcp.replica;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Replicas in one process that hand messages across, and lose each other when they are told to.
public final class ReplicaNet {
  private final SecureRandom random = new SecureRandom();
  private final Map<ReplicaId, Handlers> running = new ConcurrentHashMap<>();
  private final Set<ReplicaId> silent = ConcurrentHashMap.newKeySet();

  /// Starts one.
  public Replicas start() {
    ReplicaId id = ReplicaId.random(random);
    Handlers handlers = new Handlers();
    running.put(id, handlers);
    return new Member(id, handlers);
  }

  /// One stops for good.
  public void stop(Replicas replica) {
    running.remove(replica.self());
  }

  /// One gives no answers for a while.
  public void silence(Replicas replica) {
    silent.add(replica.self());
  }

  /// It answers again.
  public void hear(Replicas replica) {
    silent.remove(replica.self());
  }

  private final class Member implements Replicas {
    private final ReplicaId self;
    private final Handlers handlers;

    Member(ReplicaId self, Handlers handlers) {
      this.self = self;
      this.handlers = handlers;
    }

    @Override
    public ReplicaId self() {
      return self;
    }

    @Override
    public boolean reachesAll() {
      return true;
    }

    @Override
    public Answer ask(ReplicaId owner, String topic, byte[] message) {
      Handlers.requireSendable(message);
      if (owner.equals(self)) {
        return handlers.ask(topic, message);
      }
      if (silent.contains(owner)) {
        return new Answer.Unreachable();
      }
      Handlers there = running.get(owner);
      return there == null ? new Answer.Gone() : there.ask(topic, message.clone());
    }

    @Override
    public void publish(String topic, byte[] message) {
      Handlers.requireSendable(message);
      handlers.take(topic, message);
      running.forEach((id, others) -> {
        if (!id.equals(self) && !silent.contains(id)) {
          others.take(topic, message.clone());
        }
      });
    }

    @Override
    public void handle(String topic, Handler handler) {
      handlers.put(topic, handler);
    }

    @Override
    public void close() {
      stop(this);
    }
  }
}
