package com.quiltdata.mcp.upstream;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Leaves a service alone while most requests to it fail, and lets one try again after a pause.
/// Thread-safe.
final class Breaker {
  private final EventLog log = EventLog.named("upstream");
  private final CircuitBreaker breaker;

  /// @param service by name, for the log
  /// @param nanoTime a clock that never jumps
  Breaker(String service, BreakerLimits limits, LongSupplier nanoTime) {
    this.breaker =
        CircuitBreaker.of(
            service,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.TIME_BASED)
                .slidingWindowSize(Math.toIntExact(limits.window().toSeconds()))
                .minimumNumberOfCalls(limits.leastRequests())
                .failureRateThreshold(limits.failurePercent())
                .waitDurationInOpenState(limits.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(new Monotonic(nanoTime))
                .build());
    breaker.getEventPublisher().onStateTransition(event -> tell(event.getStateTransition()));
  }

  private void tell(StateTransition change) {
    LogFields service = LogFields.of("service", breaker.getName());
    switch (change.getToState()) {
      case OPEN -> log.event(Level.WARNING, "upstream.left_alone", service);
      case CLOSED -> log.event(Level.INFO, "upstream.back", service);
      case HALF_OPEN, DISABLED, FORCED_OPEN, METRICS_ONLY -> {}
    }
  }

  /// Whether a request may be sent. Then it is told by one of the others how it went.
  boolean isPassing() {
    return breaker.tryAcquirePermission();
  }

  void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  void failed(Throwable cause) {
    breaker.onError(0, TimeUnit.NANOSECONDS, cause);
  }

  /// The request was given up for another reason than the service.
  void gaveUp() {
    breaker.releasePermission();
  }

  /// Durations are those of a clock that nobody sets.
  private static final class Monotonic extends Clock {
    private final LongSupplier nanoTime;
    private final long start;

    Monotonic(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      this.start = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanoTime.getAsLong() - start);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
