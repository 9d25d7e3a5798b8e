package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.AwsClaims;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ScriptedClock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

@Timeout(60)
final class RoleSessionsTest {
  private final ScriptedClock clock = new ScriptedClock(Tokens.NOW);
  private final List<RoleRequest> asked = new CopyOnWriteArrayList<>();
  private volatile Optional<Fault> refusal = Optional.empty();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE);
  private final RoleSessions sessions = new RoleSessions(this::assume, clock, 200);

  private IssuedSession assume(RoleRequest request) {
    asked.add(request);
    int number = asked.size();
    gate.acquireUninterruptibly();
    gate.release();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    Instant end = clock.instant().plus(request.life());
    return new IssuedSession(
        AwsSessionCredentials.create(
            "ASIA" + number, UsedSecrets.note("secret-of-" + request.name().value()), "session"),
        end);
  }

  private RoleSession session(Caller.Bearer bearer, String... buckets) {
    return sessions.of(bearer, Tokens.ROLE, false, Tokens.reading(bearer, buckets));
  }

  private static String key(RoleSession session) {
    return session.resolveCredentials().accessKeyId();
  }

  private static FaultCode refused(RoleSession session) {
    return catchThrowableOfType(Fault.class, session::resolveCredentials).code();
  }

  @Test
  void asksOnceForTheSameRights() {
    Caller.Bearer ada = Tokens.plain("ada");
    RoleSession first = session(ada, "team");
    assertThat(asked).isEmpty();
    assertThat(key(first)).isEqualTo("ASIA1");
    assertThat(key(session(ada, "team"))).isEqualTo("ASIA1");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().name().value()).isEqualTo("ada");
    assertThat(asked.getFirst().life()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void keepsEveryTokenRoleBucketAndActionApart() {
    Caller.Bearer ada = Tokens.plain("ada");
    Caller.Bearer sameNameOtherToken =
        Tokens.bearer("ada", "another token", Tokens.END, AwsClaims.none());
    RoleArn other = new RoleArn("arn:aws:iam::123456789012:role/other");
    List<String> keys = new ArrayList<>();
    keys.add(key(session(ada, "team")));
    keys.add(key(session(sameNameOtherToken, "team")));
    keys.add(key(session(Tokens.plain("bob"), "team")));
    keys.add(key(session(ada, "team", "more")));
    keys.add(key(sessions.of(ada, other, false, Tokens.reading(ada, "team"))));
    keys.add(
        key(
            sessions.of(
                ada, Tokens.ROLE, false, Tokens.grant(ada, Set.of("s3:PutObject"), "team"))));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void twoUsersAtOnceNeverGetEachOthersCredentials() throws Exception {
    List<Caller.Bearer> users = List.of(Tokens.plain("ada"), Tokens.plain("bob"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Caller.Bearer user = users.get(i % 2);
        String bucket = "bucket-" + i % 5;
        runs.add(
            threads.submit(() -> {
              AwsCredentials got = session(user, bucket).resolveCredentials();
              assertThat(got.secretAccessKey()).isEqualTo("secret-of-" + user.subject());
            }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
    assertThat(asked).hasSize(10);
  }

  private List<Object> together(RoleSession session, int threads) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(threads);
    gate.drainPermits();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> runs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        runs.add(
            executor.submit(() -> {
              started.countDown();
              return key(session);
            }));
      }
      started.await();
      gate.release(Integer.MAX_VALUE);
      List<Object> outcomes = new ArrayList<>();
      for (Future<String> run : runs) {
        try {
          outcomes.add(run.get());
        } catch (ExecutionException e) {
          outcomes.add(((Fault) e.getCause()).code());
        }
      }
      return outcomes;
    }
  }

  @Test
  void asksOnceForManyThreads() throws InterruptedException {
    assertThat(together(session(Tokens.plain("ada"), "team"), 100)).containsOnly("ASIA1");
    assertThat(asked).hasSize(1);
  }

  @Test
  void failsOnceForManyThreadsAndTriesAgainLater() throws InterruptedException {
    refusal = Optional.of(new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "down"));
    RoleSession session = session(Tokens.plain("ada"), "team");
    assertThat(together(session, 100)).containsOnly(FaultCode.UPSTREAM_UNAVAILABLE);
    assertThat(asked).hasSize(1);
    refusal = Optional.empty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(key(session)).isEqualTo("ASIA2");
  }

  @Test
  void renewsFiveMinutesBeforeTheEndAndKeepsWhatItHasWhenThatFails() {
    RoleSession session = session(Tokens.plain("ada"), "team");
    assertThat(key(session)).isEqualTo("ASIA1");
    clock.advance(Duration.ofMinutes(55).minusMillis(1));
    assertThat(key(session)).isEqualTo("ASIA1");
    refusal = Optional.of(new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "down"));
    clock.advance(Duration.ofMillis(1));
    assertThat(key(session)).isEqualTo("ASIA1");
    assertThat(asked).hasSize(2);
    clock.advance(Duration.ofMinutes(5));
    assertThat(refused(session)).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    refusal = Optional.empty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(key(session)).isEqualTo("ASIA4");
    assertThat(asked.getLast().life()).isEqualTo(Duration.ofSeconds(3_599));
  }

  @Test
  void endsWithTheToken() {
    Caller.Bearer ada = Tokens.bearer("ada", "short", Tokens.NOW.plusSeconds(60), AwsClaims.none());
    RoleSession session = session(ada, "team");
    assertThat(key(session)).isEqualTo("ASIA1");
    assertThat(asked.getFirst().life()).isEqualTo(Duration.ofMinutes(15));
    clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(key(session)).isEqualTo("ASIA1");
    assertThat(sessions.size()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(refused(session)).isEqualTo(FaultCode.NO_CREDENTIALS);
    assertThat(refused(session(ada, "team"))).isEqualTo(FaultCode.NO_CREDENTIALS);
    assertThat(sessions.size()).isZero();
    assertThat(asked).hasSize(1);
  }

  @Test
  void keepsTwoHundredAndForgetsTheLeastUsed() {
    Caller.Bearer ada = Tokens.plain("ada");
    RoleSession kept = session(ada, "kept");
    RoleSession lost = session(ada, "lost");
    for (int i = 0; i < 199; i++) {
      session(ada, "bucket-" + i);
      assertThat(session(ada, "kept")).isSameAs(kept);
      assertThat(sessions.size()).isLessThanOrEqualTo(200);
    }
    assertThat(session(ada, "lost")).isNotSameAs(lost);
    assertThat(sessions.size()).isEqualTo(200);
    assertThat(asked).isEmpty();
  }

  @Test
  void showsNoSecret() {
    Caller.Bearer ada = Tokens.plain("ada");
    assertThat(ada.toString() + ada.token()).doesNotContain(ada.token().hex());
    IssuedSession session =
        new IssuedSession(
            AwsSessionCredentials.create(
                "k",
                UsedSecrets.note("s3cret-of-a-session"),
                UsedSecrets.note("t0ken-of-a-session")),
            Tokens.END);
    assertThat(session.toString()).doesNotContain("s3cret", "t0ken");
  }
}
