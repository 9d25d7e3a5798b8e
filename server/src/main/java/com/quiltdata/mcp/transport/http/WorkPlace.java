package com.quiltdata.mcp.transport.http;

import java.time.Duration;

/// The place in work of one request: taken, left while the request waits for a person, and given
/// back for good at its end, whichever thread sees to it. Thread-safe.
final class WorkPlace {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WorkGate gate;
  private boolean isHeld;
  private boolean isOver;

  WorkPlace(WorkGate gate) {
    this.gate = gate;
  }

  /// Takes a place, once.
  ///
  /// @return whether there was one
  boolean enter() throws InterruptedException {
    if (holds()) {
      return true;
    }
    return gate.enter() && keep();
  }

  private synchronized boolean holds() {
    return isHeld;
  }

  /// A place that comes after the end is given back.
  private synchronized boolean keep() {
    if (isOver) {
      gate.leave();
      return false;
    }
    isHeld = true;
    return true;
  }

  synchronized void leave() {
    if (isHeld) {
      isHeld = false;
      gate.leave();
    }
  }

  /// Takes a place again.
  ///
  /// @return whether there was one in time
  boolean comeBack() {
    try {
      if (gate.enter(PATIENCE)) {
        keep();
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// The request has ended.
  synchronized void close() {
    isOver = true;
    leave();
  }
}
