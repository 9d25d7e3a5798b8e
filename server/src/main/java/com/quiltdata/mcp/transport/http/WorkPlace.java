package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
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
  /// @throws Fault when there is none in time
  void comeBack() {
    try {
      if (gate.enter(PATIENCE)) {
        keep();
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
    throw new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "The server has no place for the rest of the call; call again");
  }

  /// The request has ended.
  synchronized void close() {
    isOver = true;
    leave();
  }
}
