package com.quiltdata.mcp.transport;

import com.quiltdata.mcp.concurrent.Heartbeat;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.protocol.Outbox;
import com.quiltdata.mcp.protocol.Outcome;
import com.quiltdata.mcp.protocol.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request at work on a virtual thread of its own, and the queue of what it has to say.
///
/// The thread that owns the connection takes events and writes them; the work waits when 64 of them
/// are not written yet. Thread-safe.
public final class RunningRequest {
  private static final int MAX_QUEUED = 64;

  /// Looks at all waits of the process.
  private static final Heartbeat WAITS = new Heartbeat("waits", Duration.ofMillis(5));

  /// What a request has to say.
  public sealed interface Event {
    /// A message on the way.
    ///
    /// @param json it
    record Notification(byte[] json) implements Event {}

    /// The answer is a stream from now on.
    record Opened() implements Event {}

    /// The end.
    ///
    /// @param reply the answer
    record Finished(Reply reply) implements Event {}

    /// Nobody waits for an answer any more.
    record Cancelled() implements Event {}

    /// The work broke off without an answer; the log knows why.
    record Failed() implements Event {}
  }

  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final AtomicBoolean isUnheard = new AtomicBoolean();
  private final Thread worker;
  private final ResultRoom room;
  private final Surface surface;
  private final ReentrantLock taking = new ReentrantLock();
  private int taken;
  private boolean isClosed;
  private volatile boolean isCancelled;
  private volatile @Nullable Thread listener;

  private RunningRequest(
      Outcome.Work work, RequestContext context, ResultRoom room, Surface surface) {
    this.room = room;
    this.surface = surface;
    this.worker =
        Thread.ofVirtual()
            .name("call-" + context.requestId())
            .unstarted(() -> context.run(() -> work(work)));
  }

  /// Work that [#begin] starts, so that it can be found, and cancelled, from its first moment.
  ///
  /// @param work what to do
  /// @param context for the log
  /// @param room for large results
  /// @param surface the connection that it came on
  /// @return the request, to be closed when its answer is written
  public static RunningRequest of(
      Outcome.Work work, RequestContext context, ResultRoom room, Surface surface) {
    return new RunningRequest(work, context, room, surface);
  }

  /// Starts the work, once.
  public void begin() {
    worker.start();
  }

  private void work(Outcome.Work work) {
    try {
      Reply reply = work.task().run(new Sender());
      put(new Event.Finished(reply));
    } catch (RuntimeException | Error e) {
      EventLog.named("transport").defect("a running request", e);
      put(new Event.Failed());
    }
  }

  private final class Sender implements Outbox {
    @Override
    public void send(byte[] json) {
      put(new Event.Notification(json));
    }

    @Override
    public void open() {
      put(new Event.Opened());
    }

    @Override
    public boolean reachesClient() {
      return surface.takesMessages() && !isUnheard.get();
    }

    @Override
    public <T> T away(Supplier<T> wait) {
      surface.leaveWork();
      // Behind a failure so little is left to do that it needs no place.
      T result = wait.get();
      if (!surface.returnToWork()) {
        throw new Fault(
            FaultCode.UPSTREAM_UNAVAILABLE,
            "The server has no place for the rest of the call; call again");
      }
      return result;
    }

    @Override
    public void reserve(long bytes) {
      keep(room.take(bytes));
    }
  }

  private void keep(int pieces) {
    taking.lock();
    try {
      if (isClosed) {
        room.leave(pieces);
        throw new Fault(FaultCode.CANCELLED, "The call was given up");
      }
      taken += pieces;
    } finally {
      taking.unlock();
    }
  }

  /// Gives back what the result took. Called when the answer is written, or nobody waits for it.
  public void close() {
    taking.lock();
    try {
      isClosed = true;
      room.leave(taken);
      taken = 0;
    } finally {
      taking.unlock();
    }
  }

  /// Waits for room; after a cancellation nobody listens and nothing is kept.
  private void put(Event event) {
    boolean isInterrupted = false;
    while (!isUnheard.get()) {
      try {
        if (events.offer(event, 1, TimeUnit.SECONDS)) {
          LockSupport.unpark(listener);
          break;
        }
      } catch (InterruptedException e) {
        // The deadline may interrupt while a notification waits; the event must still arrive.
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for the next event. Behind a cancellation there is nothing but [Event.Cancelled], even
  /// if the work had more to say at that very moment.
  ///
  /// @param patience the longest wait
  /// @return the event, or empty when there was none
  /// @throws InterruptedException when the waiting thread is to stop
  public Optional<Event> next(Duration patience) throws InterruptedException {
    Event event = events.poll();
    if (event == null) {
      event = await(patience);
    }
    return isCancelled ? Optional.of(new Event.Cancelled()) : Optional.ofNullable(event);
  }

  /// Waits without a timer of its own: most calls end early, and a timer for each of them costs
  /// more than all else here. Patience may last a beat longer.
  private @Nullable Event await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Thread thread = Thread.currentThread();
    Runnable nudge =
        () -> {
          if (System.nanoTime() - end >= 0) {
            LockSupport.unpark(thread);
          }
        };
    listener = thread;
    WAITS.register(nudge);
    try {
      Event event = events.poll();
      while (event == null && System.nanoTime() - end < 0) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        event = events.poll();
      }
      return event;
    } finally {
      WAITS.unregister(nudge);
    }
  }

  /// Waits until the work has ended, heard or not.
  ///
  /// @throws InterruptedException when the waiting thread is to stop
  public void awaitEnd() throws InterruptedException {
    worker.join();
  }

  /// Lets the work go on to its end, which nobody will hear of: in revisions up to 2025-11-25 a
  /// client that leaves does not cancel. May be called more than once.
  public void abandon() {
    isUnheard.set(true);
    events.clear();
  }

  /// Interrupts the work; whoever waits sees [Event.Cancelled]. May be called more than once.
  public void cancel() {
    if (isUnheard.compareAndSet(false, true)) {
      isCancelled = true;
      events.clear();
      while (!events.offer(new Event.Cancelled())) {
        events.poll();
      }
      LockSupport.unpark(listener);
      worker.interrupt();
    }
  }
}
