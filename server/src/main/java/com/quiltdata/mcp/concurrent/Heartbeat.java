package com.quiltdata.mcp.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Calls everything that is registered at a steady pace, on one daemon thread. Thread-safe.
///
/// For deadlines and pauses that nearly always end early: registering costs one entry in a map,
/// where a timer for each would wake a thread for each. It beats until the process ends, so that it
/// is kept in a static field.
public final class Heartbeat {
  private final Logger log = System.getLogger(Heartbeat.class.getName());
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private final Duration pause;

  /// Starts beating.
  ///
  /// @param name of the thread
  /// @param pause between two beats
  public Heartbeat(String name, Duration pause) {
    this.pause = pause;
    Thread.ofPlatform().daemon().name(name).start(this::beat);
  }

  private void beat() {
    while (true) {
      LockSupport.parkNanos(this, pause.toNanos());
      listeners.forEach(listener -> {
        try {
          listener.run();
        } catch (RuntimeException e) {
          log.log(Level.ERROR, "a listener of the heartbeat failed", e);
        }
      });
    }
  }

  /// Begins to call a listener, which must be quick and is compared by identity or equality.
  ///
  /// @param listener what to call
  public void register(Runnable listener) {
    listeners.add(listener);
  }

  /// Stops calling a listener; a call that has begun may still be going on.
  ///
  /// @param listener what to call no more
  public void unregister(Runnable listener) {
    listeners.remove(listener);
  }
}
