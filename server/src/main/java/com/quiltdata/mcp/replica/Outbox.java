package com.quiltdata.mcp.replica;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What one other replica is still to be told, in order and bounded. Thread-safe. It has a thread
/// only while there is something to tell.
final class Outbox {
  static final int MAX_MESSAGES = 256;
  static final int MAX_BYTES = 4 << 20;

  /// Delivers one message.
  @FunctionalInterface
  interface Delivery {
    /// Delivers, or gives the message up.
    ///
    /// @return false when the receiver runs no more
    boolean deliver(Told told) throws InterruptedException;
  }

  /// Something to tell.
  ///
  /// @param kind what it is
  /// @param topic whose handler, for a message
  /// @param message shared with other outboxes, never changed
  record Told(PeerRequest.Kind kind, String topic, byte[] message) {}

  private final EventLog log = EventLog.named("replica");
  private final ReplicaId receiver;
  private final Delivery delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition emptied = lock.newCondition();
  private final Queue<Told> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long dropped;
  private boolean isDelivering;

  Outbox(ReplicaId receiver, Delivery delivery) {
    this.receiver = receiver;
    this.delivery = delivery;
  }

  /// Adds a message, or drops it when too many wait.
  void add(Told told) {
    lock.lock();
    try {
      if (waiting.size() >= MAX_MESSAGES || waitingBytes + told.message().length > MAX_BYTES) {
        if (dropped++ == 0) {
          log.event(Level.WARNING, "replica.overflow", LogFields.of("replica", receiver.text()));
        }
        return;
      }
      waiting.add(told);
      waitingBytes += told.message().length;
      if (!isDelivering) {
        isDelivering = true;
        Thread.ofVirtual().start(this::deliverAll);
      }
    } finally {
      lock.unlock();
    }
  }

  private void deliverAll() {
    try {
      Optional<Told> next = next();
      while (next.isPresent()) {
        if (!delivery.deliver(next.get())) {
          clear();
        }
        next = next();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Told> next() {
    lock.lock();
    try {
      Optional<Told> next = Optional.ofNullable(waiting.poll());
      if (next.isPresent()) {
        waitingBytes -= next.get().message().length;
      } else {
        isDelivering = false;
        emptied.signalAll();
        tellDropped();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void tellDropped() {
    if (dropped > 0) {
      log.event(
          Level.WARNING,
          "replica.dropped",
          LogFields.of("replica", receiver.text()).with("messages", dropped));
      dropped = 0;
    }
  }

  private void clear() {
    lock.lock();
    try {
      waiting.clear();
      waitingBytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /// How many messages were dropped since all was told last.
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all is told, or time is up.
  void awaitEmpty(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (isDelivering && left > 0) {
        left = emptied.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
