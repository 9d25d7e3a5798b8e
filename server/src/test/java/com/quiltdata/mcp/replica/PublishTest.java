package com.quiltdata.mcp.replica;

import static com.quiltdata.mcp.replica.Eventually.until;
import static com.quiltdata.mcp.replica.RunningReplica.LIVELY;
import static com.quiltdata.mcp.replica.RunningReplica.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is told to all replicas.
@Timeout(60)
final class PublishTest {
  private static final String UNUSED = "127.0.0.1:1";

  @Test
  void reachesEveryReplicaOnceAndInOrder() {
    try (RunningReplica one = RunningReplica.start(LIVELY, UNUSED);
        RunningReplica two = RunningReplica.start(LIVELY, one.address());
        RunningReplica three = RunningReplica.start(LIVELY, one.address())) {
      List<String> all = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
      all.forEach(three::publish);
      assertThat(three.news).isEqualTo(all);
      until("all is told", () -> one.news.size() >= 100 && two.news.size() >= 100);
      assertThat(one.news).isEqualTo(all);
      assertThat(two.news).isEqualTo(all);
    }
  }

  @Test
  void whatIsPublishedBeforeTheEndArrives() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      IntStream.range(0, 20).forEach(i -> two.publish("last words"));
      two.leave();
      assertThat(one.news).hasSize(20);
      assertThat(one.knows(two)).isFalse();
    }
  }

  @Test
  void replicaThatIsStuckHoldsUpNobodyElse() {
    CountDownLatch release = new CountDownLatch(1);
    try (RunningReplica stuck = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, stuck.address());
        RunningReplica three = RunningReplica.start(QUIET, stuck.address())) {
      List<String> heard = new CopyOnWriteArrayList<>();
      stuck.replicas.handle("jam", _ -> PeerReplicasTest.blocked(release));
      two.replicas.handle(
          "jam",
          _ -> {
            heard.add("jam");
            return new byte[0];
          });
      three.replicas.publish("jam", new byte[0]);
      three.replicas.publish("jam", new byte[0]);
      until("the other one is told", () -> heard.size() == 2);
      release.countDown();
    }
  }

  @Test
  void messagesBeyondTheBoundAreDropped() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Integer> delivered = new CopyOnWriteArrayList<>();
    Outbox outbox =
        new Outbox(
            ReplicaId.random(new SecureRandom()),
            told -> {
              entered.countDown();
              release.await();
              delivered.add((int) told.message()[0] & 0xff);
              return true;
            });
    outbox.add(message(0, 1));
    entered.await();
    IntStream.rangeClosed(1, Outbox.MAX_MESSAGES).forEach(i -> outbox.add(message(i, 1)));
    assertThat(outbox.dropped()).isZero();
    IntStream.range(0, 5).forEach(_ -> outbox.add(message(0, 1)));
    assertThat(outbox.dropped()).isEqualTo(5);
    release.countDown();
    outbox.awaitEmpty(Duration.ofSeconds(20));
    assertThat(delivered)
        .isEqualTo(
            IntStream.rangeClosed(0, Outbox.MAX_MESSAGES).map(i -> i & 0xff).boxed().toList());
    assertThat(outbox.dropped()).isZero();
  }

  @Test
  void bytesBeyondTheBoundAreDropped() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Outbox outbox =
        new Outbox(
            ReplicaId.random(new SecureRandom()),
            _ -> {
              entered.countDown();
              release.await();
              return true;
            });
    outbox.add(message(0, 1));
    entered.await();
    IntStream.range(0, 4).forEach(i -> outbox.add(message(i, Replicas.MAX_MESSAGE_BYTES)));
    assertThat(outbox.dropped()).isZero();
    outbox.add(message(9, 1));
    assertThat(outbox.dropped()).isEqualTo(1);
    release.countDown();
    outbox.awaitEmpty(Duration.ofSeconds(20));
  }

  @Test
  void restIsDroppedWhenTheReceiverIsGone() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Integer> delivered = new CopyOnWriteArrayList<>();
    Outbox outbox =
        new Outbox(
            ReplicaId.random(new SecureRandom()),
            told -> {
              entered.countDown();
              release.await();
              delivered.add((int) told.message()[0]);
              return false;
            });
    outbox.add(message(1, 1));
    entered.await();
    outbox.add(message(2, 1));
    release.countDown();
    outbox.awaitEmpty(Duration.ofSeconds(20));
    assertThat(delivered).containsExactly(1);
  }

  private static Outbox.Told message(int first, int bytes) {
    byte[] message = new byte[bytes];
    message[0] = (byte) first;
    return new Outbox.Told(PeerRequest.Kind.MESSAGE, "news", message);
  }
}
