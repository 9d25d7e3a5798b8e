package com.quiltdata.mcp.storage.s3;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// The memory for parts of objects that are written, of all callers together: 48 MiB. Whoever wants
/// more waits until a part has been sent; each part is sent without waiting for room again.
final class PartRoom {
  private static final int PARTS = 6;

  private final Semaphore free = new Semaphore(PARTS, true);

  /// Room for one part, until it is closed.
  static final class Place implements AutoCloseable {
    private final PartRoom room;
    private final AtomicBoolean isTaken = new AtomicBoolean(true);

    private Place(PartRoom room) {
      this.room = room;
    }

    @Override
    public void close() {
      if (isTaken.getAndSet(false)) {
        room.free.release();
      }
    }
  }

  /// Waits for room.
  ///
  /// @throws Fault [FaultCode#CANCELLED] when the thread is interrupted meanwhile
  Place take() {
    try {
      free.acquire();
      return new Place(this);
    } catch (InterruptedException e) {
      throw S3Faults.cancelled(e);
    }
  }
}
