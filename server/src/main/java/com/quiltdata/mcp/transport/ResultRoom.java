package com.quiltdata.mcp.transport;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory that results of all requests may take together, until they are written. Requests that
/// find none wait for their turn. Thread-safe.
public final class ResultRoom {
  /// On its way from storage to the wire a byte of an object is held as itself, as base64 or text,
  /// in the two forms of the result, and in the buffers of the answer.
  private static final int BYTES_FOR_EACH = 13;

  private static final int PIECE = 1 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int pieces;
  private final Semaphore free;
  private final Duration patience;

  /// Room of a size.
  ///
  /// @param bytes how much
  public ResultRoom(long bytes) {
    this(bytes, PATIENCE);
  }

  ResultRoom(long bytes, Duration patience) {
    this.pieces = Math.toIntExact(bytes / PIECE);
    this.free = new Semaphore(pieces, true);
    this.patience = patience;
  }

  /// Takes room for a result that will hold bytes of an object; one that is larger than all the
  /// room takes all of it.
  ///
  /// @param bytes of the object
  /// @return what to give back
  /// @throws Fault [FaultCode#UPSTREAM_UNAVAILABLE] when there is none in time,
  ///   [FaultCode#CANCELLED] when interrupted
  int take(long bytes) {
    int needed = (int) Math.min(pieces, bytes * BYTES_FOR_EACH / PIECE + 1);
    try {
      if (free.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return needed;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
    throw new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "Too many large results at once; try again, or ask for fewer bytes");
  }

  /// Gives room back.
  ///
  /// @param taken what [#take] said
  void leave(int taken) {
    free.release(taken);
  }
}
