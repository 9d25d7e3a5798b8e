package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Gives a push up when its thread is interrupted, but not while it publishes.
final class Cancellation {
  private Cancellation() {}

  /// Ends the work of an interrupted thread, which stays interrupted.
  ///
  /// @throws Fault [FaultCode#CANCELLED]
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new Fault(FaultCode.CANCELLED, "The push was given up; no revision was published");
    }
  }

  /// Does something to its end on a thread that nobody interrupts. An interrupt of the calling
  /// thread is not lost.
  ///
  /// @param work short, with deadlines of its own
  /// @return what it returned
  static <T> T shielded(Supplier<T> work) {
    AtomicReference<Supplier<T>> outcome = new AtomicReference<>();
    Thread thread = Thread.ofVirtual().name("publish").start(() -> outcome.set(outcome(work)));
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(outcome.get())
        .orElseThrow(() -> new Fault(FaultCode.INTERNAL, "The push ended without an outcome"))
        .get();
  }

  private static <T> Supplier<T> outcome(Supplier<T> work) {
    try {
      T result = work.get();
      return () -> result;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Error e) {
      return () -> {
        throw e;
      };
    }
  }
}
