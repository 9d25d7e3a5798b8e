package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.admission.Shares;
import java.time.Duration;
import java.util.Optional;

/// The place in work of one request: taken, left while the request waits for a person, and given
/// back for good at its end, whichever thread sees to it. Thread-safe.
final class WorkPlace {
  /// What came of the wish for a place.
  enum Entry {
    /// There is one.
    IN,
    /// All are taken.
    FULL,
    /// Its owner has as many as one may have.
    SHARE_USED_UP
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WorkGate gate;
  private final Optional<Shares> shares;
  private String owner = "";
  private boolean isHeld;
  private boolean isOver;

  /// A place that is not taken yet.
  ///
  /// @param gate has the places
  /// @param shares how many of them one owner may have, if there is such a limit
  WorkPlace(WorkGate gate, Optional<Shares> shares) {
    this.gate = gate;
    this.shares = shares;
  }

  /// Takes a place, once.
  ///
  /// @param newOwner who has it, empty for nobody
  Entry enter(String newOwner) throws InterruptedException {
    if (holds()) {
      return Entry.IN;
    }
    Optional<Shares> limit = shares.filter(_ -> !newOwner.isEmpty());
    if (limit.isPresent() && !limit.get().take(newOwner)) {
      return Entry.SHARE_USED_UP;
    }
    boolean isIn = false;
    try {
      isIn = gate.enter() && keep(newOwner);
    } finally {
      if (!isIn) {
        limit.ifPresent(all -> all.leave(newOwner));
      }
    }
    return isIn ? Entry.IN : Entry.FULL;
  }

  private synchronized boolean holds() {
    return isHeld;
  }

  /// A place that comes after the end is given back.
  private synchronized boolean keep(String newOwner) {
    if (isOver) {
      gate.leave();
      return false;
    }
    owner = newOwner;
    isHeld = true;
    return true;
  }

  synchronized void leave() {
    if (isHeld) {
      isHeld = false;
      gate.leave();
      share().ifPresent(all -> all.leave(owner));
    }
  }

  /// Takes a place again; by then others of its owner may have filled the share.
  ///
  /// @return whether there was one in time
  boolean comeBack() {
    try {
      if (gate.enter(PATIENCE)) {
        takeAgain();
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private synchronized void takeAgain() {
    if (keep(owner)) {
      share().ifPresent(all -> all.takeAgain(owner));
    }
  }

  private Optional<Shares> share() {
    return shares.filter(_ -> !owner.isEmpty());
  }

  /// The request has ended.
  synchronized void close() {
    isOver = true;
    leave();
  }
}
