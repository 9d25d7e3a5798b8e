package com.quiltdata.mcp.upstream;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// One service behind this one, as all callers of this process share it: its connections, its
/// budget of second attempts, and whether it is left alone for now. Thread-safe.
public final class Upstream {
  private final String name;
  private final UpstreamLimits limits;
  private final Semaphore connections;
  private final RetryBudget retries;
  private final Breaker breaker;

  /// A service that nobody has asked yet.
  ///
  /// @param name for callers and logs, for example `Amazon S3`
  /// @param limits of all that it is asked
  /// @param nanoTime a clock that never jumps, as [System#nanoTime()]
  public Upstream(String name, UpstreamLimits limits, LongSupplier nanoTime) {
    this.name = name;
    this.limits = limits;
    this.connections = new Semaphore(limits.connections(), true);
    this.retries = new RetryBudget(limits.retryPercent());
    this.breaker = new Breaker(name, limits.breaker(), nanoTime);
  }

  /// What callers know it by.
  public String name() {
    return name;
  }

  /// Its budget of second and further attempts.
  public RetryBudget retries() {
    return retries;
  }

  /// Connections that nobody uses.
  public int freeConnections() {
    return connections.availablePermits();
  }

  /// Begins a request; waits for a connection, first come, first served.
  ///
  /// @return the request, to be closed when its answer has been read
  /// @throws NoConnectionException when none became free within the wait
  /// @throws Fault [FaultCode#UPSTREAM_UNAVAILABLE] when the service is left alone for now
  /// @throws InterruptedException when the thread was
  public Exchange begin() throws NoConnectionException, InterruptedException {
    if (!connections.tryAcquire(limits.connectionWait().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new NoConnectionException(
          new Fault(
              FaultCode.UPSTREAM_UNAVAILABLE,
              "All %d connections of this server to %s are in use: try again, with less at once"
                  .formatted(limits.connections(), name)));
    }
    if (!breaker.isPassing()) {
      connections.release();
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "%s failed too often just now and is left alone for a while: try again in %d seconds"
              .formatted(name, Math.max(1, limits.breaker().pause().toSeconds())));
    }
    return new Exchange();
  }

  /// Counts a request that got no answer in its time, and was closed for that.
  ///
  /// @param cause how it ended
  public void late(Throwable cause) {
    breaker.failed(cause);
  }

  /// One request and the connection that it holds. Whoever makes it says how it went, if the
  /// service had a part in that; and closes it, any number of times.
  public final class Exchange implements AutoCloseable {
    private final AtomicBoolean isTold = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Exchange() {}

    /// The service answered, with whatever.
    public void answered() {
      isTold.set(true);
      breaker.succeeded();
    }

    /// The service failed: before it answered, or in the middle of it.
    ///
    /// @param cause how
    public void failed(Throwable cause) {
      isTold.set(true);
      breaker.failed(cause);
    }

    /// Gives the connection back.
    @Override
    public void close() {
      if (isClosed.getAndSet(true)) {
        return;
      }
      if (!isTold.get()) {
        breaker.gaveUp();
      }
      connections.release();
    }
  }
}
