package com.quiltdata.mcp.change;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One who wants to hear of changes, and what it has not heard yet. One thread listens.
public final class Listener implements AutoCloseable {
  private static final int MAX_QUEUED = 64;

  /// What a listener hears.
  public sealed interface News {
    /// Of a change that it asked for.
    ///
    /// @param change it
    record Of(Change change) implements News {}

    /// That there is no more to come, because the server ends or the time is over.
    record End() implements News {}

    /// That it was too slow and has missed something.
    record Overrun() implements News {}
  }

  private final BlockingQueue<News> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final Predicate<Change> filter;
  private final Consumer<Listener> onClose;
  private volatile boolean isOverrun;
  private volatile boolean isEnded;

  Listener(Predicate<Change> filter, Consumer<Listener> onClose) {
    this.filter = filter;
    this.onClose = onClose;
  }

  void offer(Change change) {
    if (filter.test(change) && !queue.offer(new News.Of(change))) {
      isOverrun = true;
    }
  }

  /// Tells the listener that no more is to come.
  public void end() {
    isEnded = true;
    queue.offer(new News.End());
  }

  /// Waits for news.
  ///
  /// @param patience the longest wait
  /// @return the news; empty when there was none
  /// @throws InterruptedException when the listener is to stop
  public Optional<News> next(Duration patience) throws InterruptedException {
    if (isOverrun) {
      return Optional.of(new News.Overrun());
    }
    News news = queue.poll(isEnded ? 0 : patience.toNanos(), TimeUnit.NANOSECONDS);
    return news == null && isEnded ? Optional.of(new News.End()) : Optional.ofNullable(news);
  }

  /// Listens no more.
  @Override
  public void close() {
    onClose.accept(this);
  }
}
