package com.quiltdata.mcp.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, addresses and greetings as they are written.
final class WireFormTest {
  @Test
  void replicaIdIsEightCharacters() {
    ReplicaId id = ReplicaId.random(new SecureRandom());
    assertThat(id.text()).matches("[A-Za-z0-9_-]{8}");
    assertThat(ReplicaId.parse(id.text())).contains(id);
    assertThat(ReplicaId.of(id.bytes())).isEqualTo(id);
    for (String text : List.of("", "1234567", "123456789", "1234567=", "1234567~", "äbcdefgh")) {
      assertThat(ReplicaId.parse(text)).isEmpty();
    }
  }

  @Test
  void peersAreNamedWithAPortOrByDns() {
    assertThat(PeerName.parse("10.0.0.5:8001"))
        .isEqualTo(new PeerName("10.0.0.5", OptionalInt.of(8001)));
    assertThat(PeerName.parse("[fd00::5]:1"))
        .isEqualTo(new PeerName("[fd00::5]", OptionalInt.of(1)));
    assertThat(PeerName.parse("dns:mcp.internal"))
        .isEqualTo(new PeerName("mcp.internal", OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "host:",
        ":8001",
        "host:0",
        "host:65536",
        "host:99999",
        "fd00::5",
        "dns:",
        "dns:host:8001",
        "http://host:80",
        "a b:1",
        "single",
        "user@host:1"
      })
  void otherFormsAreNoPeers(String text) {
    assertThatThrownBy(() -> PeerName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
  }

  @Test
  void addressesReadWhatTheyWrite() {
    for (String text : List.of("10.0.0.5:8001", "[fd00:0:0:0:0:0:0:5]:8001")) {
      assertThat(PeerAddress.parse(text)).map(PeerAddress::toString).contains(text);
    }
    for (String text : List.of("localhost:1", "10.0.0.5", "10.0.0.5:0", "10.0.0.5:x", ":1", "")) {
      assertThat(PeerAddress.parse(text)).isEmpty();
    }
  }

  @Test
  void greetingLeavesOutWhatItCannotRead() {
    assertThat(Greeting.read("not JSON".getBytes(UTF_8))).isEqualTo(Greeting.naming(List.of()));
    assertThat(Greeting.read("[]".getBytes(UTF_8))).isEqualTo(Greeting.naming(List.of()));
    Greeting greeting =
        Greeting.read(
            "{\"port\":70000,\"peers\":[\"x\",1,\"10.0.0.5:8001\"],\"more\":1}".getBytes(UTF_8));
    assertThat(greeting.port()).isEmpty();
    assertThat(greeting.peers()).extracting(PeerAddress::toString).containsExactly("10.0.0.5:8001");
    assertThat(Greeting.read(Greeting.from(8001).bytes())).isEqualTo(Greeting.from(8001));
  }

  @Test
  void requestThatEndsEarlyIsNone() {
    byte[] whole =
        new PeerRequest(
                PeerRequest.Kind.MESSAGE, Instant.EPOCH, Optional.empty(), "topic", new byte[0])
            .bytes();
    for (int length = 0; length < whole.length; length++) {
      assertThat(PeerRequest.read(Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(PeerRequest.read(whole)).map(PeerRequest::to).contains(Optional.empty());
    whole[14] = 99;
    assertThat(PeerRequest.read(whole)).isEmpty();
    assertThat(PeerResponse.read(new byte[0])).isEmpty();
    assertThat(PeerResponse.read(new byte[] {9})).isEmpty();
  }

  @Test
  void aloneReplicaKnowsWhetherThereAreOthers() {
    ReplicaId self = ReplicaId.random(new SecureRandom());
    ReplicaId other = ReplicaId.random(new SecureRandom());
    for (boolean reachesAll : new boolean[] {true, false}) {
      try (Alone alone = new Alone(self, reachesAll)) {
        alone.handle("echo", message -> message);
        assertThat(alone.reachesAll()).isEqualTo(reachesAll);
        assertThat(alone.ask(self, "echo", new byte[] {1}))
            .isInstanceOfSatisfying(
                Answer.Answered.class, answer -> assertThat(answer.message()).containsExactly(1));
        assertThat(alone.ask(other, "echo", new byte[0]))
            .isEqualTo(reachesAll ? new Answer.Gone() : new Answer.Unreachable());
      }
    }
  }
}
