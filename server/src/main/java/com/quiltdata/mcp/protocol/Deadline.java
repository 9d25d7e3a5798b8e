package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.concurrent.Heartbeat;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Interrupts work that takes too long, a twentieth of a second late at most. Thread-safe.
final class Deadline {
  /// Looks at all work of the process.
  private static final Heartbeat DEADLINES = new Heartbeat("deadlines", Duration.ofMillis(50));

  private final Duration limit;

  /// A limit for every piece of work.
  ///
  /// @param limit the longest that work may take
  Deadline(Duration limit) {
    this.limit = limit;
  }

  /// A limit for work that must end sooner.
  ///
  /// @param other the longest that such work may take
  /// @return the shorter of both limits
  Deadline atMost(Duration other) {
    return limit.compareTo(other) <= 0 ? this : new Deadline(other);
  }

  /// Does work on the current thread, which is interrupted at the limit.
  ///
  /// @param work what to do
  /// @return its result
  /// @throws Fault [FaultCode#TIMEOUT] when it was interrupted for the limit
  <T> T run(Supplier<T> work) {
    return run(work, _ -> false);
  }

  /// Does work on the current thread, which is interrupted at the limit.
  ///
  /// @param work what to do
  /// @param isDone whether a result that came back late is told all the same, for the work changed
  ///   something
  /// @return its result
  /// @throws Fault [FaultCode#TIMEOUT] when it was interrupted for the limit
  <T> T run(Supplier<T> work, Predicate<T> isDone) {
    Alarm alarm = new Alarm(Thread.currentThread(), System.nanoTime() + limit.toNanos());
    DEADLINES.register(alarm);
    T result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      if (alarm.turnOff()) {
        throw late(e);
      }
      throw e;
    } finally {
      DEADLINES.unregister(alarm);
    }
    if (alarm.turnOff() && !isDone.test(result)) {
      throw late(null);
    }
    return result;
  }

  private Fault late(@Nullable RuntimeException cause) {
    String text =
        "The call did not finish within %d seconds and was stopped; ask for less at once"
            .formatted(limit.toSeconds());
    return cause == null
        ? new Fault(FaultCode.TIMEOUT, text)
        : new Fault(FaultCode.TIMEOUT, text, cause);
  }

  /// Rings once, and never after it was turned off.
  private static final class Alarm implements Runnable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread worker;
    private final long atNanos;
    private boolean isOff;
    private boolean hasRung;

    Alarm(Thread worker, long atNanos) {
      this.worker = worker;
      this.atNanos = atNanos;
    }

    @Override
    public void run() {
      if (System.nanoTime() - atNanos < 0) {
        return;
      }
      lock.lock();
      try {
        if (!isOff && !hasRung) {
          hasRung = true;
          worker.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    /// Turns it off on the worker's own thread.
    ///
    /// @return whether it had rung; the interrupt is taken back then
    boolean turnOff() {
      lock.lock();
      try {
        isOff = true;
        if (hasRung) {
          Thread.interrupted();
        }
        return hasRung;
      } finally {
        lock.unlock();
      }
    }
  }
}
