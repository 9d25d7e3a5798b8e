package com.quiltdata.mcp.replica;

import static com.quiltdata.mcp.replica.Eventually.until;
import static com.quiltdata.mcp.replica.RunningReplica.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes in on the peer port, from replicas and from others.
@Timeout(60)
final class ReceptionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final ReplicaId SENDER = ReplicaId.random(new SecureRandom());
  private static final String OTHER_SECRET = UsedSecrets.named("of other replicas");

  private static byte[] news(String secret, Instant time, Optional<ReplicaId> to) {
    return new Seal(SealingKeys.of(List.of(secret)), SENDER)
        .request(
            new PeerRequest(PeerRequest.Kind.MESSAGE, time, to, "news", "x".getBytes(UTF_8))
                .bytes());
  }

  private static RunningReplica replica() {
    return RunningReplica.deaf(InstantSource.fixed(NOW), SECRET);
  }

  @Test
  void sealedMessageIsTaken() throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      byte[] request = news(SECRET, NOW, Optional.of(replica.id));
      HttpResponse<byte[]> response = replica.post(request);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type"))
          .contains("application/octet-stream");
      assertThat(replica.news).containsExactly("x");
      assertThat(
              new Seal(SealingKeys.of(List.of(SECRET)), SENDER)
                  .openResponse(response.body(), request))
          .hasValueSatisfying(opened -> assertThat(opened.sender()).isEqualTo(replica.id));
    }
  }

  private static void assertRefused(RunningReplica replica, byte[] request)
      throws IOException, InterruptedException {
    long before = replica.replicas.refused();
    HttpResponse<byte[]> response = replica.post(request);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
    assertThat(replica.replicas.refused()).isEqualTo(before + 1);
  }

  @Test
  void otherKeyGetsABare404AndNothingIsTaken() throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      assertRefused(replica, news(OTHER_SECRET, NOW, Optional.of(replica.id)));
      assertThat(replica.news).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 39, 40, 1000})
  void bytesThatAreNoMessageAreRefused(int length) throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      assertRefused(replica, new byte[length]);
    }
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      byte[] request = news(SECRET, NOW, Optional.of(replica.id));
      for (int i = 0; i < request.length; i++) {
        byte[] changed = request.clone();
        changed[i] ^= 1;
        assertThat(replica.replicas.receive(changed, InetAddress.getLoopbackAddress())).isEmpty();
      }
      assertRefused(replica, Arrays.copyOf(request, request.length - 1));
      assertThat(replica.news).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-61_000, 61_000})
  void staleMessageIsRefused(long millis) throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      assertRefused(replica, news(SECRET, NOW.plusMillis(millis), Optional.of(replica.id)));
      assertThat(replica.news).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-60_000, 60_000})
  void clocksMayDifferByAMinute(long millis) throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      byte[] request = news(SECRET, NOW.plusMillis(millis), Optional.of(replica.id));
      assertThat(replica.post(request).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void replayedMessageIsRefused() throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      byte[] request = news(SECRET, NOW, Optional.of(replica.id));
      assertThat(replica.post(request).statusCode()).isEqualTo(200);
      assertRefused(replica, request);
      assertThat(replica.news).containsExactly("x");
    }
  }

  @Test
  void messageForAnotherReplicaIsNotTaken() throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      byte[] request = news(SECRET, NOW, Optional.of(SENDER));
      byte[] response = replica.post(request).body();
      Seal seal = new Seal(SealingKeys.of(List.of(SECRET)), SENDER);
      assertThat(
              seal.openResponse(response, request)
                  .flatMap(opened -> PeerResponse.read(opened.content())))
          .hasValueSatisfying(
              content -> assertThat(content.status()).isEqualTo(PeerResponse.Status.NOT_ME));
      assertThat(replica.news).isEmpty();
    }
  }

  @Test
  void messageOverTheLimitIsRefusedUnread() throws IOException, InterruptedException {
    try (RunningReplica replica = replica()) {
      byte[] request = new byte[PeerReplicas.MAX_REQUEST_BYTES + 1];
      assertThat(replica.post(request).statusCode()).isEqualTo(413);
      assertThat(replica.replicas.refused()).isZero();
    }
  }

  @Test
  void replicasOfAnotherKeyAreUnreachableAndNeverMembers() {
    try (RunningReplica one = RunningReplica.withSecrets(List.of(SECRET), "127.0.0.1:1");
        RunningReplica two = RunningReplica.withSecrets(List.of(OTHER_SECRET), one.address())) {
      until("several greetings were refused", () -> one.replicas.refused() > 2);
      assertThat(one.replicas.others()).isEmpty();
      assertThat(two.replicas.others()).isEmpty();
      assertThat(two.ask(one.id)).isEqualTo("unreachable");
    }
  }

  @Test
  void keyIsRotatedReplicaByReplica() {
    try (RunningReplica old = RunningReplica.withSecrets(List.of(SECRET), "127.0.0.1:1");
        RunningReplica prepared =
            RunningReplica.withSecrets(List.of(SECRET, OTHER_SECRET), old.address());
        RunningReplica rotated =
            RunningReplica.withSecrets(List.of(OTHER_SECRET, SECRET), prepared.address())) {
      assertThat(old.ask(prepared.id)).contains("hello");
      assertThat(prepared.ask(rotated.id)).contains("hello");
      assertThat(rotated.ask(prepared.id)).contains("hello");
    }
  }

  @Test
  void responseAnswersItsRequestOnly() {
    Seal one = new Seal(SealingKeys.of(List.of(SECRET)), SENDER);
    Seal two = new Seal(SealingKeys.of(List.of(SECRET)), ReplicaId.random(new SecureRandom()));
    byte[] request = one.request(new byte[3]);
    byte[] other = one.request(new byte[3]);
    byte[] head = two.openRequest(request).orElseThrow().head();
    byte[] response = two.response(new byte[] {1}, head);
    assertThat(one.openResponse(response, request)).isPresent();
    assertThat(one.openResponse(response, other)).isEmpty();
    assertThat(two.openRequest(response)).isEmpty();
    assertThat(one.openResponse(request, request)).isEmpty();
  }

  @Test
  void headsAreKeptForTheirTimeAndBounded() {
    RecentHeads heads = new RecentHeads(3, Duration.ofMinutes(2));
    for (byte i = 0; i < 10; i++) {
      assertThat(heads.isFirst(new byte[] {i}, NOW)).isTrue();
      assertThat(heads.isFirst(new byte[] {i}, NOW)).isFalse();
    }
    assertThat(heads.size()).isEqualTo(3);
    assertThat(heads.isFirst(new byte[] {9}, NOW.plusSeconds(121))).isTrue();
    assertThat(heads.size()).isEqualTo(1);
  }
}
