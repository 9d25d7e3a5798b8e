package com.quiltdata.mcp.replica;

import static com.quiltdata.mcp.replica.Eventually.until;
import static com.quiltdata.mcp.replica.RunningReplica.IMPATIENT;
import static com.quiltdata.mcp.replica.RunningReplica.LIVELY;
import static com.quiltdata.mcp.replica.RunningReplica.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Questions between replicas that have real ports.
@Timeout(60)
final class PeerReplicasTest {
  private static final ReplicaId NOBODY = ReplicaId.random(new SecureRandom());
  private static final String UNUSED = "127.0.0.1:1";

  @Test
  void asksItselfWithoutAnyNetwork() {
    try (RunningReplica one = RunningReplica.deaf(InstantSource.system(), RunningReplica.SECRET)) {
      assertThat(one.ask(one.id)).isEqualTo(one.id + " heard hello");
    }
  }

  @Test
  void asksAnotherReplica() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      assertThat(two.ask(one.id)).isEqualTo(one.id + " heard hello");
      assertThat(two.replicas.reachesAll()).isTrue();
    }
  }

  @Test
  void isKnownToThoseItGreetedBeforeItsStartReturns() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      assertThat(one.knows(two)).isTrue();
      assertThat(one.ask(two.id)).isEqualTo(two.id + " heard hello");
    }
  }

  @Test
  void threeThatKnowOnlyOneOfThemFindEachOther() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address());
        RunningReplica three = RunningReplica.start(QUIET, one.address())) {
      assertThat(three.ask(two.id)).isEqualTo(two.id + " heard hello");
      assertThat(two.ask(three.id)).isEqualTo(three.id + " heard hello");
      assertThat(two.replicas.others()).containsExactlyInAnyOrder(one.id, three.id);
    }
  }

  @Test
  void findsReplicasByTheirNameInDns() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, "localhost:" + one.port())) {
      assertThat(two.ask(one.id)).isEqualTo(one.id + " heard hello");
    }
  }

  @Test
  void ownAddressIsLeftOut() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED)) {
      int port = one.port();
      one.leave();
      try (RunningReplica self = RunningReplica.startOn(port, QUIET, "dns:localhost")) {
        assertThat(self.replicas.others()).isEmpty();
        assertThat(self.ask(NOBODY)).isEqualTo("gone");
        self.publish("once");
        assertThat(self.news).containsExactly("once");
      }
    }
  }

  @Test
  void replicaThatNobodyHasHeardOfIsGone() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      assertThat(two.ask(NOBODY)).isEqualTo("gone");
    }
  }

  @Test
  void isFoundWhenItStartedAfterTheOthersLookedLast() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED)) {
      int port = one.port();
      one.leave();
      try (RunningReplica asker = RunningReplica.start(QUIET, one.address());
          RunningReplica late = RunningReplica.startOn(port, QUIET, UNUSED)) {
        assertThat(asker.knows(late)).isFalse();
        assertThat(asker.ask(late.id)).isEqualTo(late.id + " heard hello");
      }
    }
  }

  @Test
  void killedReplicaIsGone() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      two.kill();
      assertThat(one.ask(two.id)).isEqualTo("gone");
    }
  }

  @Test
  void replicaThatStartsAgainOnItsPortIsAnotherOne() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica before = RunningReplica.start(QUIET, one.address())) {
      assertThat(one.ask(before.id)).contains("hello");
      before.kill();
      try (RunningReplica after = RunningReplica.startOn(before.port(), QUIET, UNUSED)) {
        assertThat(one.ask(before.id)).isEqualTo("gone");
        assertThat(one.ask(after.id)).isEqualTo(after.id + " heard hello");
      }
    }
  }

  @Test
  void restartIsNoticedByTheNextGreetings() {
    try (RunningReplica one = RunningReplica.start(LIVELY, UNUSED);
        RunningReplica before = RunningReplica.start(LIVELY, one.address())) {
      before.kill();
      try (RunningReplica after = RunningReplica.startOn(before.port(), LIVELY, UNUSED)) {
        until("the new one is known", () -> one.knows(after) && !one.knows(before));
      }
    }
  }

  @Test
  void replicaThatSaidGoodbyeIsForgottenAtOnce() throws IOException {
    try (SilentPeer silent = new SilentPeer();
        RunningReplica one = RunningReplica.start(IMPATIENT, silent.address());
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      assertThat(one.knows(two)).isTrue();
      two.replicas.close();
      assertThat(one.knows(two)).isFalse();
      // Without goodbye it might be where nobody answers.
      assertThat(one.ask(two.id)).isEqualTo("gone");
      assertThat(one.ask(NOBODY)).isEqualTo("unreachable");
    }
  }

  @Test
  void whatIsSilentMayBeTheOwner() throws IOException {
    try (SilentPeer silent = new SilentPeer();
        RunningReplica one = RunningReplica.start(IMPATIENT, silent.address())) {
      assertThat(one.ask(NOBODY)).isEqualTo("unreachable");
    }
  }

  @Test
  void nameThatCannotBeFoundMayBeTheOwners() {
    try (RunningReplica one = RunningReplica.start(QUIET, "dns:nobody.invalid")) {
      assertThat(one.ask(NOBODY)).isEqualTo("unreachable");
    }
  }

  @Test
  void ownerThatTakesTooLongIsUnreachable() {
    CountDownLatch release = new CountDownLatch(1);
    try (RunningReplica one = RunningReplica.start(IMPATIENT, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      two.replicas.handle("slow", _ -> blocked(release));
      assertThat(one.replicas.ask(two.id, "slow", new byte[0]))
          .isInstanceOf(Answer.Unreachable.class);
      release.countDown();
    }
  }

  static byte[] blocked(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new byte[0];
  }

  @Test
  void ownerThatFailsOrDoesNotKnowTheTopicIsUnreachable() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      one.replicas.handle(
          "broken",
          _ -> {
            throw new IllegalStateException("on purpose");
          });
      one.replicas.handle("endless", _ -> new byte[Replicas.MAX_ANSWER_BYTES + 1]);
      for (String topic : List.of("broken", "endless", "unknown")) {
        assertThat(two.replicas.ask(one.id, topic, new byte[0]))
            .isInstanceOf(Answer.Unreachable.class);
        assertThat(one.replicas.ask(one.id, topic, new byte[0]))
            .isInstanceOf(Answer.Unreachable.class);
      }
    }
  }

  @Test
  void largestMessageAndAnswerPassAndNoLargerOnes() {
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      one.replicas.handle("x".repeat(64), _ -> new byte[Replicas.MAX_ANSWER_BYTES]);
      byte[] largest = new byte[Replicas.MAX_MESSAGE_BYTES];
      assertThat(two.replicas.ask(one.id, "x".repeat(64), largest))
          .isInstanceOfSatisfying(
              Answer.Answered.class,
              answer -> assertThat(answer.message()).hasSize(Replicas.MAX_ANSWER_BYTES));
      byte[] larger = new byte[Replicas.MAX_MESSAGE_BYTES + 1];
      assertThatThrownBy(() -> two.replicas.ask(one.id, "echo", larger))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1048577");
      assertThatThrownBy(() -> two.replicas.publish("news", larger))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void interruptedAskerIsToldSoAtOnce() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (RunningReplica one = RunningReplica.start(QUIET, UNUSED);
        RunningReplica two = RunningReplica.start(QUIET, one.address())) {
      two.replicas.handle(
          "slow",
          _ -> {
            entered.countDown();
            return blocked(release);
          });
      List<Object> seen = new ArrayList<>();
      Thread asker =
          Thread.ofVirtual()
              .start(() -> {
                seen.add(one.replicas.ask(two.id, "slow", new byte[0]));
                seen.add(Thread.currentThread().isInterrupted());
              });
      entered.await();
      asker.interrupt();
      asker.join();
      assertThat(seen).containsExactly(new Answer.Unreachable(), true);
      release.countDown();
    }
  }

  @Test
  void manyAskAtOnce() throws Exception {
    try (RunningReplica one = RunningReplica.start(LIVELY, UNUSED);
        RunningReplica two = RunningReplica.start(LIVELY, one.address());
        ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ReplicaId whom = i % 4 == 0 ? NOBODY : one.id;
        answers.add(tasks.submit(() -> two.ask(whom)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i % 4 == 0 ? "gone" : one.id + " heard hello");
      }
    }
  }

  @Test
  void topicHasOneHandler() {
    try (RunningReplica one = RunningReplica.deaf(InstantSource.system(), RunningReplica.SECRET)) {
      assertThatThrownBy(() -> one.replicas.handle("echo", message -> message))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> one.replicas.handle("No Topic", message -> message))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
