package com.quiltdata.mcp.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One place in work: never two for one request, never one that is kept for ever.
@Timeout(30)
final class WorkPlaceTest {
  private final WorkGate gate = new WorkGate(1, 0, Duration.ofMillis(1));
  private final WorkPlace place = new WorkPlace(gate);

  @Test
  void isTakenOnceAndGivenBackOnce() throws InterruptedException {
    assertThat(place.enter()).isTrue();
    assertThat(place.enter()).isTrue();
    assertThat(gate.inWork()).isEqualTo(1);
    place.leave();
    place.leave();
    place.close();
    assertThat(gate.inWork()).isZero();
  }

  @Test
  void isTakenAgainAfterAWait() throws InterruptedException {
    place.enter();
    place.leave();
    assertThat(new WorkPlace(gate).enter()).isTrue();
    Thread waiting = Thread.ofVirtual().start(() -> assertThat(place.comeBack()).isTrue());
    assertThat(waiting.join(Duration.ofMillis(50))).isFalse();
    gate.leave();
    waiting.join();
    assertThat(gate.inWork()).isEqualTo(1);
    place.close();
    assertThat(gate.inWork()).isZero();
  }

  @Test
  void isNotKeptBeyondTheEnd() throws InterruptedException {
    place.enter();
    place.leave();
    place.close();
    place.comeBack();
    assertThat(gate.inWork()).isZero();
    assertThat(new WorkPlace(gate).enter()).isTrue();
  }

  @Test
  void isNotWaitedForByAThreadThatIsToStop() throws InterruptedException {
    place.enter();
    place.leave();
    new WorkPlace(gate).enter();
    Thread.currentThread().interrupt();
    assertThat(place.comeBack()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
