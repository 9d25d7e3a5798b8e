package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.NOW;
import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.caller;
import static com.quiltdata.mcp.auth.ForgedToken.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class RememberingAuthenticatorTest {
  private final ScriptedClock clock = new ScriptedClock(NOW);
  private final RememberingAuthenticator authenticator =
      new RememberingAuthenticator(new TokenVerifier(ForgedToken.config(), clock), clock);

  @Test
  void answersTheSameCallerAgain() {
    Authentication first = authenticator.authenticate(bearer(token(1, 3_600)));
    Authentication second = authenticator.authenticate(bearer(token(1, 3_600)));

    assertThat(first).isEqualTo(new Authentication.Known(caller(first), false));
    assertThat(second).isEqualTo(new Authentication.Known(caller(first), true));
    assertThat(caller(second)).isSameAs(caller(first));
    assertThat(authenticator.size()).isEqualTo(1);
  }

  @Test
  void looksAtTheClockOnEveryRequest() {
    List<String> header = bearer(token(1, 3_600));
    assertThat(authenticator.authenticate(header)).isInstanceOf(Authentication.Known.class);

    clock.set(NOW.plusSeconds(3_659));
    assertThat(authenticator.authenticate(header)).isInstanceOf(Authentication.Known.class);
    clock.set(NOW.plusSeconds(3_660));
    assertThat(authenticator.authenticate(header))
        .isEqualTo(new Authentication.Rejected(true, "expired"));
    clock.set(NOW.minus(Duration.ofHours(1)));
    assertThat(authenticator.authenticate(header))
        .isEqualTo(new Authentication.Rejected(false, "nbf or iat is in the future"));
    clock.set(NOW);
    assertThat(authenticator.authenticate(header)).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void doesNotRememberRefusedTokens() {
    authenticator.authenticate(bearer(token(1, 3_600) + "x"));
    authenticator.authenticate(bearer(token(1, -3_600)));

    assertThat(authenticator.size()).isZero();
  }

  @Test
  void remembersAThousandAtMostAndDropsTheFirstToExpire() {
    for (int i = 0; i < 1_100; i++) {
      caller(authenticator.authenticate(bearer(token(i, 3_600 + i))));
    }
    assertThat(authenticator.size()).isEqualTo(1_000);

    clock.advance(Duration.ofHours(2));
    caller(authenticator.authenticate(bearer(token(9_999, 90_000))));
    assertThat(authenticator.size()).isEqualTo(1);
  }

  @Test
  void remembersAsManyAsItIsTold() {
    RememberingAuthenticator two =
        new RememberingAuthenticator(
            new TokenVerifier(ForgedToken.config(), clock), clock, new MemoryLimits(2, 1));
    for (int i = 0; i < 5; i++) {
      caller(two.authenticate(bearer(token(i, 3_600 + i))));
    }
    assertThat(two.size()).isEqualTo(2);
  }

  @Test
  void mixesNoCallersUnderConcurrency() throws Exception {
    int callers = 64;
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> wrong = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < 16; worker++) {
        int offset = worker;
        wrong.add(
            threads.submit(() -> {
              start.await();
              int count = 0;
              for (int i = 0; i < 400; i++) {
                // Some tokens are shared by all workers, some are new and push others out.
                int user = i % 2 == 0 ? 100 + offset * 400 + i : (i + offset) % callers;
                Authentication decision = authenticator.authenticate(bearer(token(user, 3_600)));
                if (!caller(decision).subject().equals("user-" + user)) {
                  count++;
                }
              }
              return count;
            }));
      }
      start.countDown();
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    }
    assertThat(authenticator.size()).isLessThanOrEqualTo(1_000);
  }

  private static String token(int user, int life) {
    return withPayload(
        "{\"sub\":\"user-%d\",\"iat\":%d,\"exp\":%d}"
            .formatted(user, NOW.getEpochSecond(), NOW.getEpochSecond() + life));
  }
}
