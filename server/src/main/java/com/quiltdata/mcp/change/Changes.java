package com.quiltdata.mcp.change;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Replicas;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Takes news to the listeners of all replicas. Thread-safe.
public final class Changes {
  private static final String TOPIC = "change";

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Replicas replicas;
  private volatile boolean isEnded;

  /// News among replicas.
  ///
  /// @param replicas who is told
  public Changes(Replicas replicas) {
    this.replicas = replicas;
    replicas.handle(TOPIC, this::heard);
  }

  /// Whether news of other replicas arrive here: only then may a client rely on them.
  public boolean isComplete() {
    return replicas.reachesAll();
  }

  /// Tells all listeners of a change.
  ///
  /// @param change what changed
  public void tell(Change change) {
    replicas.publish(TOPIC, json.write(change.toJson()));
  }

  private byte[] heard(byte[] message) {
    Change.of(json.read(message))
        .ifPresent(change -> listeners.forEach(listener -> listener.offer(change)));
    return new byte[0];
  }

  /// Begins to listen.
  ///
  /// @param filter which changes
  /// @return who hears of them from now on, to be closed
  public Listener listen(Predicate<Change> filter) {
    Listener listener = new Listener(filter, listeners::remove);
    listeners.add(listener);
    if (isEnded) {
      listener.end();
    }
    return listener;
  }

  /// How many listen on this replica.
  public int listeners() {
    return listeners.size();
  }

  /// Tells all listeners of this replica, and those to come, that it ends.
  public void end() {
    isEnded = true;
    listeners.forEach(Listener::end);
  }
}
