package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.proxy.Handshake.Agreed;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Opens a session anew that the server has forgotten, with what the client began with.
/// Thread-safe.
final class Reopening {
  private final EventLog log = EventLog.named("proxy");
  private final ReentrantLock lock = new ReentrantLock();
  private final Handshake handshake;
  private final OwnRequests requests;
  private final EventStream events;

  Reopening(Handshake handshake, OwnRequests requests, EventStream events) {
    this.handshake = handshake;
    this.requests = requests;
    this.events = events;
  }

  /// Replaces an agreement, unless another thread has done so.
  ///
  /// @param lost the agreement that the server does not know any more
  /// @return whether there is another one now
  boolean replace(Agreed lost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!handshake.agreed().equals(Optional.of(lost))) {
        return handshake.agreed().isPresent();
      }
      if (handshake.asked().isEmpty()) {
        return false;
      }
      Optional<OwnRequests.Answer> answer =
          requests.ask(Outgoing.INITIALIZE, handshake.asked().get());
      if (answer.isEmpty()) {
        return false;
      }
      handshake.agree(answer.get().result(), answer.get().sessionId());
      boolean isReplaced = !handshake.agreed().equals(Optional.of(lost));
      log.event(Level.INFO, "proxy.session", LogFields.of("replaced", isReplaced));
      if (isReplaced) {
        requests.tell(Outgoing.INITIALIZED);
        events.open();
      }
      return isReplaced;
    } finally {
      lock.unlock();
    }
  }
}
