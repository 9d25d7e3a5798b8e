package com.quiltdata.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ResultRoomTest {
  private static final long SIZE = 26 << 20;

  @Test
  void letsSmallResultsPassBesideEachOther() {
    ResultRoom room = new ResultRoom(SIZE, Duration.ofMillis(1));
    for (int i = 0; i < 100; i++) {
      assertThat(room.take(10_000)).isPositive();
    }
  }

  @Test
  void refusesWhatFindsNoRoomInTime() {
    ResultRoom room = new ResultRoom(SIZE, Duration.ofMillis(1));
    int taken = room.take(1_500_000);
    assertThatThrownBy(() -> room.take(1_500_000))
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE));
    room.leave(taken);
    assertThat(room.take(1_500_000)).isEqualTo(taken);
  }

  @Test
  void aResultLargerThanTheRoomTakesAllOfIt() throws InterruptedException {
    ResultRoom room = new ResultRoom(SIZE, Duration.ofSeconds(30));
    int all = room.take(1L << 40);
    CountDownLatch entered = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              room.leave(room.take(1));
              entered.countDown();
            });
    assertThat(entered.getCount()).isOne();
    room.leave(all);
    entered.await();
    waiting.join();
  }
}
