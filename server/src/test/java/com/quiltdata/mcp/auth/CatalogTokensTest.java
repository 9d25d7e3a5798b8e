package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.caller;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plain tokens of the catalog, which only their issuer can verify.
@Timeout(60)
final class CatalogTokensTest {
  private static final Instant END = ForgedToken.NOW.plusSeconds(3_600);
  private static final ClaimedCredentials GIVEN =
      new ClaimedCredentials(
          "ASIA1", UsedSecrets.note("given-secret-key"), Optional.of("s"), Optional.empty());

  private final ScriptedClock clock = new ScriptedClock(ForgedToken.NOW);
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private volatile Optional<IssuedCredentials> answer =
      Optional.of(new IssuedCredentials(GIVEN, END.plusSeconds(1)));
  private volatile boolean isDown;
  private final CatalogTokens tokens =
      new CatalogTokens(
          new TokenVerifier(ForgedToken.config(), clock),
          token -> {
            shown.add(token);
            if (isDown) {
              throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "down");
            }
            return answer;
          },
          clock);

  /// Signed by somebody else, as all of them are.
  private static String plain(String id) {
    return ForgedToken.sign(
        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
        "{\"id\":\"%s\",\"uuid\":\"u-1\",\"exp\":%d}".formatted(id, END.getEpochSecond()),
        "a secret of the registry alone",
        "HmacSHA256");
  }

  private Authentication authenticated(String token) {
    return tokens.authenticate(bearer(token));
  }

  @Test
  void knowsWhoTheIssuerKnowsAndTrustsNoClaim() {
    Caller.Bearer caller = caller(authenticated(plain("ada")));
    assertThat(caller.subject()).isEqualTo("ada");
    assertThat(caller.level()).isEqualTo(Level.NONE);
    assertThat(caller.expiresAt()).isEqualTo(END);
    assertThat(caller.aws()).isEqualTo(AwsClaims.exchanged(GIVEN));
    assertThat(caller.aws().isExchanged()).isTrue();
    assertThat(caller.token()).isEqualTo(TokenDigest.of(plain("ada")));
    assertThat(shown).containsExactly(plain("ada"));
    assertThat(caller.toString()).doesNotContain("given-secret-key", caller.token().hex());
  }

  @Test
  void verifiesWhatCanBeVerifiedHereAndShowsItNobody() {
    Caller.Bearer caller = caller(authenticated(ForgedToken.good()));
    assertThat(caller.aws()).isEqualTo(AwsClaims.none());
    assertThat(tokens.authenticate(List.of())).isEqualTo(new Authentication.Missing());
    assertThat(shown).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"ada\",\"uuid\":\"u\",\"exp\":1790003600,\"permissions\":[\"s3:*\"]}",
        "{\"id\":\"ada\",\"uuid\":\"u\",\"exp\":1790003600,\"level\":\"admin\"}",
        "{\"id\":\"ada\",\"uuid\":\"u\"}",
        "{\"id\":\"ada\",\"exp\":1790003600}",
        "{\"uuid\":\"u\",\"exp\":1790003600}",
        "{\"id\":\" \",\"uuid\":\"u\",\"exp\":1790003600}",
        "{\"id\":1,\"uuid\":\"u\",\"exp\":1790003600}",
        "{\"id\":\"ada\",\"uuid\":\"u\",\"exp\":\"1790003600\"}",
        "[]"
      })
  void showsNobodyWhatLooksOtherwise(String payload) {
    String token = ForgedToken.sign("{\"alg\":\"HS256\"}", payload, "another secret", "HmacSHA256");
    assertThat(authenticated(token)).isInstanceOf(Authentication.Rejected.class);
    assertThat(authenticated("garbage")).isInstanceOf(Authentication.Rejected.class);
    assertThat(tokens.authenticate(List.of("Bearer " + plain("ada"), "Bearer " + plain("ada"))))
        .isInstanceOf(Authentication.Rejected.class);
    assertThat(shown).isEmpty();
  }

  @Test
  void remembersAYesUntilTokenOrCredentialsEnd() {
    Instant early = ForgedToken.NOW.plusSeconds(600);
    answer = Optional.of(new IssuedCredentials(GIVEN, early));
    assertThat(caller(authenticated(plain("ada"))).expiresAt()).isEqualTo(early);
    clock.set(early.minusMillis(1));
    Authentication again = authenticated(plain("ada"));
    assertThat(again).isEqualTo(new Authentication.Known(caller(again), true));
    assertThat(caller(again).subject()).isEqualTo("ada");
    assertThat(shown).hasSize(1);
    clock.set(early);
    answer = Optional.of(new IssuedCredentials(GIVEN, END.plusSeconds(1)));
    assertThat(caller(authenticated(plain("ada"))).expiresAt()).isEqualTo(END);
    assertThat(shown).hasSize(2);
    clock.set(END);
    assertThat(authenticated(plain("ada"))).isEqualTo(new Authentication.Rejected(true, "expired"));
    assertThat(shown).hasSize(2);
  }

  @Test
  void remembersANoForAMinute() {
    answer = Optional.empty();
    Authentication no = new Authentication.Rejected(false, "the registry refuses the token");
    assertThat(authenticated(plain("ada"))).isEqualTo(no);
    answer = Optional.of(new IssuedCredentials(GIVEN, END));
    assertThat(authenticated(plain("ada"))).isEqualTo(no);
    assertThat(shown).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(caller(authenticated(plain("ada"))).subject()).isEqualTo("ada");
  }

  @Test
  void remembersNoSilence() {
    isDown = true;
    assertThat(authenticated(plain("ada")))
        .isEqualTo(new Authentication.Unavailable("the registry did not answer"));
    isDown = false;
    assertThat(caller(authenticated(plain("ada"))).subject()).isEqualTo("ada");
  }

  @Test
  void needsNoKeysOfItsOwnForWhatTheIssuerKnows() {
    CatalogTokens keyless =
        new CatalogTokens(
            new TokenVerifier(ForgedToken.config().rules(), Optional::empty, clock),
            token -> {
              shown.add(token);
              return answer;
            },
            clock);
    assertThat(caller(keyless.authenticate(bearer(plain("ada")))).subject()).isEqualTo("ada");
    assertThat(keyless.authenticate(bearer(ForgedToken.good())))
        .isInstanceOf(Authentication.Unavailable.class);
    answer = Optional.empty();
    assertThat(keyless.authenticate(bearer(plain("bob"))))
        .as("may be one that this server's keys verify, once they are known")
        .isInstanceOf(Authentication.Unavailable.class);
    assertThat(shown).containsExactly(plain("ada"), plain("bob"));
  }

  @Test
  void keepsUsersApartAndShowsATokenOnce() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String user = "user-" + i % 4;
        runs.add(
            threads.submit(
                () -> assertThat(caller(authenticated(plain(user))).subject()).isEqualTo(user)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
    // As many may be shown at once; nobody else is asked about a token that is known.
    assertThat(shown).hasSizeBetween(4, 4 * 8);
    authenticated(plain("user-1"));
    int known = shown.size();
    authenticated(plain("user-1"));
    assertThat(shown).hasSize(known);
  }

  @Test
  void showsEightAtOnceAndNotWhatWaitsTooLong() throws InterruptedException {
    CountDownLatch shownAll = new CountDownLatch(8);
    CountDownLatch answering = new CountDownLatch(1);
    CatalogTokens slow =
        new CatalogTokens(
            new TokenVerifier(ForgedToken.config(), clock),
            token -> {
              shown.add(token);
              shownAll.countDown();
              try {
                answering.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return answer;
            },
            clock);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        String token = plain("user-" + i);
        threads.execute(() -> slow.authenticate(bearer(token)));
      }
      shownAll.await();
      assertThat(slow.authenticate(bearer(plain("ninth"))))
          .isInstanceOf(Authentication.Unavailable.class);
      assertThat(shown).hasSize(8).doesNotContain(plain("ninth"));
      answering.countDown();
    }
    assertThat(caller(slow.authenticate(bearer(plain("ninth")))).subject()).isEqualTo("ninth");
  }

  @Test
  void remembersTwoHundredAnswersAtMost() {
    for (int i = 0; i < 250; i++) {
      authenticated(plain("user-" + i));
      assertThat(tokens.size()).isLessThanOrEqualTo(200);
    }
    assertThat(tokens.size()).isEqualTo(200);
    authenticated(plain("user-249"));
    assertThat(shown).hasSize(250);
  }
}
