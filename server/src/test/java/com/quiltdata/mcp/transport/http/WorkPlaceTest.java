package com.quiltdata.mcp.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.admission.Shares;
import com.quiltdata.mcp.transport.http.WorkPlace.Entry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One place in work: never two for one request, never one that is kept for ever.
@Timeout(30)
final class WorkPlaceTest {
  private final WorkGate gate = new WorkGate(1, 0, Duration.ofMillis(1));
  private final WorkPlace place = new WorkPlace(gate, Optional.empty());

  @Test
  void isTakenOnceAndGivenBackOnce() throws InterruptedException {
    assertThat(place.enter("")).isEqualTo(Entry.IN);
    assertThat(place.enter("")).isEqualTo(Entry.IN);
    assertThat(gate.inWork()).isEqualTo(1);
    place.leave();
    place.leave();
    place.close();
    assertThat(gate.inWork()).isZero();
  }

  @Test
  void isTakenAgainAfterAWait() throws InterruptedException {
    place.enter("");
    place.leave();
    assertThat(new WorkPlace(gate, Optional.empty()).enter("")).isEqualTo(Entry.IN);
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
    place.enter("");
    place.leave();
    place.close();
    place.comeBack();
    assertThat(gate.inWork()).isZero();
    assertThat(new WorkPlace(gate, Optional.empty()).enter("")).isEqualTo(Entry.IN);
  }

  @Test
  void isNotWaitedForByAThreadThatIsToStop() throws InterruptedException {
    place.enter("");
    place.leave();
    new WorkPlace(gate, Optional.empty()).enter("");
    Thread.currentThread().interrupt();
    assertThat(place.comeBack()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void belongsToSomebodyWhoMayHaveSoMany() throws InterruptedException {
    WorkGate wide = new WorkGate(3, 0, Duration.ofMillis(1));
    Optional<Shares> shares = Optional.of(new Shares(1));
    WorkPlace first = new WorkPlace(wide, shares);
    assertThat(first.enter("user:ada")).isEqualTo(Entry.IN);
    assertThat(new WorkPlace(wide, shares).enter("user:ada")).isEqualTo(Entry.SHARE_USED_UP);
    assertThat(new WorkPlace(wide, shares).enter("user:bob")).isEqualTo(Entry.IN);
    assertThat(new WorkPlace(wide, shares).enter("")).isEqualTo(Entry.IN);
    assertThat(new WorkPlace(wide, shares).enter("user:eve")).isEqualTo(Entry.FULL);
    assertThat(shares.get().clients()).isEqualTo(2);
    first.close();
    assertThat(new WorkPlace(wide, shares).enter("user:ada")).isEqualTo(Entry.IN);
  }

  @Test
  void leavesItsShareWhileItWaitsForAPerson() throws InterruptedException {
    WorkGate wide = new WorkGate(3, 0, Duration.ofMillis(1));
    Optional<Shares> shares = Optional.of(new Shares(1));
    WorkPlace asking = new WorkPlace(wide, shares);
    asking.enter("user:ada");
    asking.leave();
    WorkPlace other = new WorkPlace(wide, shares);
    assertThat(other.enter("user:ada")).isEqualTo(Entry.IN);
    assertThat(asking.comeBack()).isTrue();
    other.close();
    assertThat(new WorkPlace(wide, shares).enter("user:ada")).isEqualTo(Entry.SHARE_USED_UP);
    asking.close();
    assertThat(shares.get().clients()).isZero();
    assertThat(wide.inWork()).isZero();
  }
}
