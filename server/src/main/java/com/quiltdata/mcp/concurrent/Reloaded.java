package com.quiltdata.mcp.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A value that somebody else keeps and that is read again from time to time. Thread-safe.
///
/// Nothing is read unless somebody asks, one read runs at a time, and it runs aside: while the
/// value may still be used nobody waits for it. Ages are counted from the beginning of a read by a
/// monotonic clock, so that a wall clock that jumps makes nothing older or younger.
///
/// @param <T> what it is
public final class Reloaded<T> {
  /// How old a value may be.
  ///
  /// @param fresh until then it is not read again
  /// @param usable until then it is given away though reading fails; at least `fresh`
  /// @param pause between the beginnings of two reads
  /// @param patience how long somebody waits for a read where there is nothing usable
  public record Ages(Duration fresh, Duration usable, Duration pause, Duration patience) {
    /// Checks that a value is not fresh after it is unusable.
    public Ages {
      if (usable.compareTo(fresh) < 0) {
        throw new IllegalArgumentException(
            "the hard age (%s) is at least the soft one (%s)".formatted(usable, fresh));
      }
    }
  }

  private record Kept<T>(T value, long readAt) {}

  private final Supplier<T> source;
  private final Ages ages;
  private final LongSupplier nanoTime;
  private final Executor aside;
  private final Object turn = new Object();
  private Optional<CountDownLatch> running = Optional.empty();
  private Optional<Long> begunAt = Optional.empty();
  private volatile Optional<Kept<T>> kept = Optional.empty();
  private volatile boolean failed;

  /// A value that is not read yet.
  ///
  /// @param source reads it, within bounds of its own, or throws
  /// @param ages how old it may be
  /// @param nanoTime a monotonic clock
  /// @param aside runs the reads
  public Reloaded(Supplier<T> source, Ages ages, LongSupplier nanoTime, Executor aside) {
    this.source = source;
    this.ages = ages;
    this.nanoTime = nanoTime;
    this.aside = aside;
  }

  /// Reads the value now, on this thread; what the source throws is thrown.
  ///
  /// @return what was read
  public T load() {
    long now = nanoTime.getAsLong();
    T value = source.get();
    kept = Optional.of(new Kept<>(value, now));
    failed = false;
    return value;
  }

  /// The value, if there is one that may be used. A read begins when it is no longer fresh.
  ///
  /// @return empty when it is too old, or was never read, and cannot be read within the patience
  public Optional<T> get() {
    if (isWithin(ages.fresh())) {
      return value();
    }
    Optional<CountDownLatch> read = begin();
    if (!isWithin(ages.usable())) {
      boolean _ = read.map(this::await).orElse(true);
    }
    return isWithin(ages.usable()) ? value() : Optional.empty();
  }

  /// A value that was read just now, or less than a pause ago: for who misses something in the one
  /// at hand. Waits for a read as long as the patience allows.
  ///
  /// @return empty when none can be had in time
  public Optional<T> renewed() {
    boolean isRead = begin().map(this::await).orElse(true);
    return isRead && !failed && isWithin(ages.usable()) ? value() : Optional.empty();
  }

  /// Whether the next who asks will probably get a value: it was read, and is either young enough
  /// or nobody has tried in vain to read it again. Reads nothing.
  public boolean isUsable() {
    return kept.isPresent() && (!failed || isWithin(ages.usable()));
  }

  private Optional<T> value() {
    return kept.map(Kept::value);
  }

  private boolean isWithin(Duration age) {
    long now = nanoTime.getAsLong();
    return kept.filter(one -> now - one.readAt() < age.toNanos()).isPresent();
  }

  private Optional<CountDownLatch> begin() {
    long now = nanoTime.getAsLong();
    CountDownLatch done = new CountDownLatch(1);
    synchronized (turn) {
      if (running.isPresent()) {
        return running;
      }
      if (begunAt.filter(last -> now - last < ages.pause().toNanos()).isPresent()) {
        return Optional.empty();
      }
      running = Optional.of(done);
      begunAt = Optional.of(now);
    }
    aside.execute(() -> read(done));
    return Optional.of(done);
  }

  private void read(CountDownLatch done) {
    try {
      load();
    } catch (RuntimeException _) {
      // Whoever made the source tells of it.
      failed = true;
    } finally {
      synchronized (turn) {
        running = Optional.empty();
      }
      done.countDown();
    }
  }

  private boolean await(CountDownLatch done) {
    try {
      return done.await(ages.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
