package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.SecretStore;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.StoredSecret;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.concurrent.Reloaded.Ages;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.secret.SecretPlace;
import io.helidon.health.HealthCheckResponse.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Keys of a store that is well, silent, wrong, or changed, under clocks that jump.
final class KeptKeysTest {
  private static final String FIRST = UsedSecrets.named("first");
  private static final String SECOND = UsedSecrets.named("second");
  private static final Instant START = Instant.ofEpochSecond(1_790_000_000);
  private static final SigningKey STATIC = SigningKey.of("old", UsedSecrets.named("static"));

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new ArrayList<>();
  private final Deque<Runnable> aside = new ArrayDeque<>();
  private Instant wallClock = START;
  private int reads;
  private Supplier<StoredSecret> answer = () -> stored(FIRST, Optional.empty());

  private final KeptKeys keys = keys(List.of());

  private KeptKeys keys(List<SigningKey> more) {
    SecretStore store =
        () -> {
          reads++;
          return answer.get();
        };
    return new KeptKeys(
        new KeptKeysSetup(
            new SecretPlace.Parameter("/quilt/jwt", "eu-west-1"),
            Optional.empty(),
            Optional.of("kid"),
            more,
            TokenConfig.of(STATIC).rules(),
            new Ages(
                Duration.ofSeconds(300),
                Duration.ofSeconds(3_600),
                Duration.ofSeconds(15),
                Duration.ofMillis(10)),
            Duration.ofHours(24)),
        store,
        () -> wallClock,
        nanos::get,
        aside::add);
  }

  private StoredSecret stored(String current, Optional<String> previous) {
    return new StoredSecret(current, previous, wallClock);
  }

  private static StoredSecret fail() {
    throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "The place cannot be read");
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    wallClock = wallClock.plusSeconds(seconds);
  }

  private Optional<List<SigningKey>> current() {
    Optional<List<SigningKey>> now = keys.keys().keys();
    while (!aside.isEmpty()) {
      aside.remove().run();
    }
    return now;
  }

  private void load() {
    keys.load(pauses::add);
  }

  private static SigningKey key(String secret) {
    return SigningKey.of("kid", secret);
  }

  @Test
  void startTriesThreeTimesAndNamesTheParameter() {
    answer = KeptKeysTest::fail;
    InvalidSettingsException failure =
        catchThrowableOfType(InvalidSettingsException.class, this::load);
    assertThat(reads).isEqualTo(3);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(failure.problems().getFirst())
        .contains("The place cannot be read", "MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER", "openssl");
    assertThat(keys.call().status()).isEqualTo(Status.DOWN);
  }

  @Test
  void startGoesOnWhenTheSecondTrySucceeds() {
    answer =
        () -> {
          if (reads == 1) {
            throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "once");
          }
          return stored(FIRST, Optional.empty());
        };
    load();
    assertThat(reads).isEqualTo(2);
    assertThat(current()).contains(List.of(key(FIRST)));
    assertThat(keys.call().status()).isEqualTo(Status.UP);
  }

  @Test
  void startDoesNotWaitForWhatIsWrong() {
    answer = () -> stored("too short", Optional.empty());
    InvalidSettingsException failure =
        catchThrowableOfType(InvalidSettingsException.class, this::load);
    assertThat(reads).isEqualTo(1);
    assertThat(failure.problems().getFirst())
        .contains("The SSM parameter /quilt/jwt in eu-west-1 is shorter than 32 bytes")
        .doesNotContain("too short");
  }

  @Test
  void newSecretIsSeenAndTheOneBeforeHoldsForADay() {
    load();
    pass(200);
    answer = () -> new StoredSecret(SECOND, Optional.of(FIRST), START.plusSeconds(200));
    assertThat(current()).contains(List.of(key(FIRST)));
    pass(100);
    assertThat(current()).contains(List.of(key(FIRST)));
    assertThat(current()).contains(List.of(key(SECOND), key(FIRST)));
    for (int i = 0; i < 288; i++) {
      pass(300);
      assertThat(current()).isPresent();
    }
    assertThat(current()).contains(List.of(key(SECOND)));
  }

  @Test
  void secretThatIsNotFitLeavesTheLastGoodOne() {
    load();
    answer = () -> stored("bad", Optional.of(FIRST));
    pass(300);
    current();
    assertThat(current()).contains(List.of(key(FIRST)));
    pass(3_299);
    assertThat(current()).contains(List.of(key(FIRST)));
    assertThat(keys.call().status()).isEqualTo(Status.UP);
    pass(1);
    assertThat(current()).isEmpty();
    assertThat(keys.call().status()).isEqualTo(Status.DOWN);
    answer = () -> stored(SECOND, Optional.empty());
    pass(15);
    current();
    assertThat(current()).contains(List.of(key(SECOND)));
    assertThat(keys.call().status()).isEqualTo(Status.UP);
  }

  @Test
  void defectOfTheStoreLeavesTheLastGoodOneToo() {
    load();
    answer =
        () -> {
          throw new IllegalStateException("garbage");
        };
    pass(300);
    current();
    assertThat(current()).contains(List.of(key(FIRST)));
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void storeThatHangsIsInNobodysWay() {
    load();
    pass(300);
    for (int i = 0; i < 10; i++) {
      assertThat(keys.keys().keys()).contains(List.of(key(FIRST)));
    }
    // One read was begun, and never ends.
    assertThat(aside).hasSize(1);
    pass(3_300);
    assertThat(keys.keys().keys()).isEmpty();
    assertThat(aside).hasSize(1);
  }

  @Test
  void wallClockThatJumpsMakesNothingOlder() {
    load();
    wallClock = START.plus(Duration.ofDays(2));
    assertThat(current()).contains(List.of(key(FIRST)));
    wallClock = START.minus(Duration.ofDays(2));
    assertThat(current()).contains(List.of(key(FIRST)));
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void keysOfTheSettingsAreAcceptedBesides() {
    KeptKeys both = keys(List.of(STATIC));
    both.load(pauses::add);
    assertThat(both.keys().keys()).contains(List.of(key(FIRST), STATIC));
  }
}
