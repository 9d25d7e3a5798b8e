package com.quiltdata.mcp.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is remembered of other replicas.
final class MembersTest {
  private static final ReplicaId SELF = ReplicaId.random(new SecureRandom());
  private static final ReplicaId ONE = ReplicaId.random(new SecureRandom());
  private static final ReplicaId TWO = ReplicaId.random(new SecureRandom());

  private final Members members = new Members(SELF, Duration.ofMinutes(1));

  private static PeerAddress address(int port) {
    return new PeerAddress(InetAddress.ofLiteral("10.0.0.5"), port);
  }

  private static Outcome from(ReplicaId id) {
    return new Outcome.Responded(id, PeerResponse.of(PeerResponse.Status.TAKEN));
  }

  @Test
  void silentReplicaKeepsItsPlaceUntilItIsForgotten() {
    Members forgetful = new Members(SELF, Duration.ZERO);
    forgetful.greetedBy(ONE, address(1));
    forgetful.heard(address(1), new Outcome.Silent());
    assertThat(forgetful.addressOf(ONE)).contains(address(1));
    forgetful.forgetSilent();
    assertThat(forgetful.addressOf(ONE)).isEmpty();
    assertThat(forgetful.addresses()).isEmpty();
  }

  @Test
  void configuredAddressIsNeverForgotten() {
    Members forgetful = new Members(SELF, Duration.ZERO);
    forgetful.configure(List.of(address(1)));
    forgetful.forgetSilent();
    assertThat(forgetful.addresses()).containsExactly(address(1));
    forgetful.configure(List.of());
    forgetful.forgetSilent();
    assertThat(forgetful.addresses()).isEmpty();
  }

  @Test
  void replicaWithTwoAddressesIsOne() {
    members.configure(List.of(address(1), address(2)));
    members.heard(address(1), from(ONE));
    members.heard(address(2), from(ONE));
    members.greetedBy(ONE, address(3));
    assertThat(members.ids()).containsExactly(ONE);
    assertThat(members.addresses()).containsExactly(address(1), address(2));
    members.heard(address(1), new Outcome.Silent());
    assertThat(members.addressOf(ONE)).contains(address(2));
  }

  @Test
  void whatComesLateDoesNotBringBackWhoSaidGoodbye() {
    members.configure(List.of(address(1)));
    members.heard(address(1), from(ONE));
    members.left(ONE);
    members.heard(address(1), from(ONE));
    members.greetedBy(ONE, address(2));
    assertThat(members.ids()).isEmpty();
    assertThat(members.hasLeft(ONE)).isTrue();
    members.heard(address(1), from(TWO));
    assertThat(members.ids()).containsExactly(TWO);
  }

  @Test
  void listenerIsNotToldOfItselfNorOfTheSilent() {
    members.configure(List.of(address(1), address(2), address(3)));
    members.heard(address(1), from(ONE));
    members.heard(address(2), from(TWO));
    members.heard(address(3), new Outcome.Silent());
    assertThat(members.toTell(ONE)).containsExactly(address(2));
  }

  @Test
  void onlySoManyAddressesAreLearned() {
    members.configure(List.of(address(1)));
    members.learn(IntStream.range(2, 200).mapToObj(MembersTest::address).toList());
    assertThat(members.addresses()).hasSize(1 + Members.MAX_LEARNED);
  }

  @Test
  void ownGreetingTeachesNothing() {
    members.greetedBy(SELF, address(1));
    assertThat(members.addresses()).isEmpty();
  }

  @Test
  void moreThanThereIsRoomForIsKnownAsSuch() {
    members.configure(List.of(address(1)));
    IntStream.range(0, Members.MAX_LEARNED)
        .forEach(i -> members.learn(List.of(address(1_000 + i))));
    members.learn(List.of(address(1), address(1_000)));
    assertThat(members.knowsAll()).as("as many as there is room for").isTrue();
    members.greetedBy(ONE, address(2));
    assertThat(members.knowsAll()).as("one more").isFalse();
  }

  @Test
  void crowdIsOverAfterATime() {
    Members forgetful = new Members(SELF, Duration.ZERO);
    IntStream.rangeClosed(0, Members.MAX_LEARNED)
        .forEach(i -> forgetful.learn(List.of(address(1_000 + i))));
    assertThat(forgetful.knowsAll()).isTrue();
  }

  @Test
  void fullListMayLackSomebody() {
    members.learn(
        IntStream.range(0, Greeting.MAX_PEERS - 1).mapToObj(i -> address(1_000 + i)).toList());
    assertThat(members.knowsAll()).isTrue();
    members.learn(
        IntStream.range(0, Greeting.MAX_PEERS).mapToObj(i -> address(1_000 + i)).toList());
    assertThat(members.knowsAll()).isFalse();
  }

  @Test
  void manyPeersAreEachGreetedLessOften() {
    PeerTimers timers = PeerTimers.defaults();
    assertThat(timers.pauseAmong(1)).isEqualTo(timers.pause());
    assertThat(timers.pauseAmong(Members.MAX_LEARNED))
        .isEqualTo(timers.gap().multipliedBy(Members.MAX_LEARNED))
        .as("twice before a silent one is forgotten")
        .isLessThan(timers.memory().dividedBy(2));
  }
}
