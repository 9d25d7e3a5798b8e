package com.quiltdata.mcp.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReloadedTest {
  private static final Reloaded.Ages AGES =
      new Reloaded.Ages(
          Duration.ofSeconds(300),
          Duration.ofSeconds(3_600),
          Duration.ofSeconds(15),
          Duration.ofMillis(50));

  /// Near the end of the numbers, as a monotonic clock may be.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private final AtomicInteger reads = new AtomicInteger();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private volatile boolean isBroken;

  /// Reads when the test says so.
  private final Reloaded<Integer> held = new Reloaded<>(this::read, AGES, nanos::get, waiting::add);

  /// Reads at once.
  private final Reloaded<Integer> quick =
      new Reloaded<>(this::read, AGES, nanos::get, Runnable::run);

  private int read() {
    int count = reads.incrementAndGet();
    if (isBroken) {
      throw new IllegalStateException("broken");
    }
    return count;
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void readsNothingWhileFresh() {
    assertThat(held.load()).isEqualTo(1);
    pass(299);
    assertThat(held.get()).contains(1);
    assertThat(waiting).isEmpty();
  }

  @Test
  void isRenewedOnceInAPause() {
    assertThat(quick.renewed()).contains(1);
    assertThat(quick.renewed()).contains(1);
    pass(14);
    assertThat(quick.renewed()).contains(1);
    pass(1);
    assertThat(quick.renewed()).contains(2);
    assertThat(reads).hasValue(2);
  }

  @Test
  void isNotRenewedWhenReadingFailsOrTakesTooLong() {
    quick.load();
    isBroken = true;
    assertThat(quick.renewed()).isEmpty();
    assertThat(quick.renewed()).isEmpty();
    assertThat(quick.get()).contains(1);
    isBroken = false;
    held.load();
    assertThat(held.renewed()).as("still being read").isEmpty();
    assertThat(held.get()).contains(3);
    waiting.remove().run();
    assertThat(held.renewed()).contains(4);
  }

  @Test
  void readsAsideOnceWhenNoLongerFresh() {
    held.load();
    pass(300);
    for (int i = 0; i < 100; i++) {
      assertThat(held.get()).contains(1);
    }
    assertThat(waiting).hasSize(1);
    waiting.remove().run();
    assertThat(held.get()).contains(2);
    assertThat(waiting).isEmpty();
  }

  @Test
  void triesAgainAfterAPauseWhenReadingFails() {
    quick.load();
    isBroken = true;
    pass(300);
    assertThat(quick.get()).contains(1);
    pass(14);
    assertThat(quick.get()).contains(1);
    assertThat(reads).hasValue(2);
    pass(1);
    assertThat(quick.get()).contains(1);
    assertThat(reads).hasValue(3);
    isBroken = false;
    pass(15);
    assertThat(quick.get()).contains(4);
  }

  @Test
  void givesNothingAwayThatIsTooOld() {
    quick.load();
    isBroken = true;
    pass(3_599);
    assertThat(quick.get()).contains(1);
    assertThat(quick.isUsable()).isTrue();
    pass(1);
    assertThat(quick.get()).isEmpty();
    assertThat(quick.isUsable()).isFalse();
    isBroken = false;
    pass(15);
    assertThat(quick.get()).isPresent();
    assertThat(quick.isUsable()).isTrue();
  }

  @Test
  void isUsableAfterALongQuietAndReadsForTheFirstWhoAsks() {
    quick.load();
    pass(100_000);
    assertThat(quick.isUsable()).isTrue();
    assertThat(reads).hasValue(1);
    assertThat(quick.get()).contains(2);
  }

  @Test
  void waitsForALittleOnlyWhereThereIsNothing() {
    assertThat(held.isUsable()).isFalse();
    assertThat(held.get()).isEmpty();
    assertThat(held.get()).isEmpty();
    assertThat(waiting).hasSize(1);
    waiting.remove().run();
    assertThat(held.get()).contains(1);
  }

  @Test
  void ageCountsFromTheBeginningOfARead() {
    Reloaded<Integer> slow =
        new Reloaded<>(
            () -> {
              pass(200);
              return read();
            },
            AGES,
            nanos::get,
            waiting::add);
    slow.load();
    pass(100);
    assertThat(slow.get()).contains(1);
    assertThat(waiting).hasSize(1);
  }

  @Test
  void firstReadThrowsWhatTheSourceThrows() {
    isBroken = true;
    assertThatThrownBy(quick::load).hasMessage("broken");
    assertThat(quick.isUsable()).isFalse();
  }

  @Test
  void isFreshNoLongerThanUsable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Reloaded.Ages(
                Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO))
        .withMessageContaining("PT1S");
  }

  @Test
  void oneReadServesAllWhoWait() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Reloaded<Integer> shared =
          new Reloaded<>(
              () -> {
                begun.incrementAndGet();
                awaitQuietly(go);
                return 7;
              },
              new Reloaded.Ages(
                  Duration.ofSeconds(300),
                  Duration.ofSeconds(3_600),
                  Duration.ofSeconds(15),
                  Duration.ofMinutes(1)),
              nanos::get,
              threads);
      List<Future<Optional<Integer>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(threads.submit(shared::get));
      }
      go.countDown();
      for (Future<Optional<Integer>> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).contains(7);
      }
    }
    assertThat(begun).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
