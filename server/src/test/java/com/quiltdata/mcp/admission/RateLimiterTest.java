package com.quiltdata.mcp.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimiterTest {
  private final AtomicLong now = new AtomicLong();
  private final RateLimiter limiter = new RateLimiter(Rate.perSecond(20, 4), now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private int takeAll(String client) {
    int taken = 0;
    while (limiter.take(client).isZero()) {
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE - 10_000_000, Long.MIN_VALUE})
  void takesABurstThenThePace(long start) {
    now.set(start);
    assertThat(takeAll("ada")).isEqualTo(4);
    assertThat(limiter.take("ada")).isEqualTo(Duration.ofMillis(50));
    pass(Duration.ofMillis(49));
    assertThat(limiter.take("ada")).isEqualTo(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    assertThat(takeAll("ada")).isEqualTo(1);
    pass(Duration.ofMillis(100));
    assertThat(takeAll("ada")).isEqualTo(2);
    pass(Duration.ofHours(1));
    assertThat(takeAll("ada")).isEqualTo(4);
  }

  @Test
  void holdsEachClientByItself() {
    assertThat(takeAll("ada")).isEqualTo(4);
    assertThat(takeAll("bob")).isEqualTo(4);
  }

  @Test
  void chargesForWhatWasDoneAlready() {
    limiter.charge("ada", 10);
    assertThat(limiter.take("ada")).isEqualTo(Duration.ofMillis(350));
    limiter.charge("ada", 0);
    assertThat(limiter.take("ada")).isEqualTo(Duration.ofMillis(350));
    pass(Duration.ofMillis(350));
    assertThat(takeAll("ada")).isEqualTo(1);
  }

  @Test
  void keepsSoManyClientsAndTakesTheRestForOne() {
    for (int i = 0; i < RateLimiter.MAX_CLIENTS; i++) {
      assertThat(limiter.take("client " + i)).isZero();
    }
    assertThat(takeAll("late") + takeAll("later")).isEqualTo(4);
    assertThat(limiter.size()).isEqualTo(RateLimiter.MAX_CLIENTS + 1);
    assertThat(takeAll("client 7")).as("a known one").isEqualTo(3);
    pass(Duration.ofSeconds(1));
    assertThat(takeAll("late")).isEqualTo(4);
    assertThat(limiter.size()).as("who was quiet is forgotten").isEqualTo(1);
  }

  @Test
  void countsRightForManyThreads() throws InterruptedException {
    RateLimiter wide = new RateLimiter(Rate.perMinute(1_000), now::get);
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(8);
    for (int thread = 0; thread < 8; thread++) {
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < 500; i++) {
              if (wide.take("ada").isZero()) {
                taken.incrementAndGet();
              }
            }
            done.countDown();
          });
    }
    done.await();
    assertThat(taken).hasValue(1_000);
  }

  @Test
  void needsARealRate() {
    assertThatThrownBy(() -> new Rate(Duration.ZERO, 1)).hasMessageContaining("pause");
    assertThatThrownBy(() -> new Rate(Duration.ofSeconds(1), 0)).hasMessageContaining("burst");
    assertThatThrownBy(() -> new Shares(0)).hasMessageContaining("share");
  }
}
