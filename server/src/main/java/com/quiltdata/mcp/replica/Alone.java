package com.quiltdata.mcp.replica;

/// The only replica, or one that cannot reach the others. Messages stay in memory.
public final class Alone implements Replicas {
  private final ReplicaId self;
  private final boolean reachesAll;
  private final Handlers handlers = new Handlers();

  /// A replica on its own.
  ///
  /// @param self its name
  /// @param reachesAll true when there is no other; false when there may be some
  public Alone(ReplicaId self, boolean reachesAll) {
    this.self = self;
    this.reachesAll = reachesAll;
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
    Handlers.requireSendable(message);
    if (owner.equals(self)) {
      return handlers.ask(topic, message);
    }
    return reachesAll ? new Answer.Gone() : new Answer.Unreachable();
  }

  @Override
  public void publish(String topic, byte[] message) {
    Handlers.requireSendable(message);
    handlers.take(topic, message);
  }

  @Override
  public void handle(String topic, Handler handler) {
    handlers.put(topic, handler);
  }

  @Override
  public void close() {}
}
