package com.quiltdata.mcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.HeardLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The limits of one service, by a clock of the test.
@Timeout(30)
final class UpstreamTest {
  private final AtomicLong now = new AtomicLong(-7);

  private Upstream service(int connections, Duration wait) {
    return service("Some Service", connections, wait);
  }

  private Upstream service(String name, int connections, Duration wait) {
    return new Upstream(
        name, new UpstreamLimits(connections, wait, 10, BreakerLimits.defaults()), now::get);
  }

  private Upstream service() {
    return service(50, Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static void ask(Upstream service, boolean isFailing) throws Exception {
    try (Upstream.Exchange exchange = service.begin()) {
      if (isFailing) {
        exchange.failed(new IOException("status 503"));
      } else {
        exchange.answered();
      }
    }
  }

  private static void ask(Upstream service, int times, boolean isFailing) throws Exception {
    for (int i = 0; i < times; i++) {
      ask(service, isFailing);
    }
  }

  private static void assertLeftAlone(Upstream service) {
    Fault fault = catchThrowableOfType(Fault.class, service::begin);
    assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    assertThat(fault.text())
        .isEqualTo(
            "Some Service failed too often just now and is left alone for a while: try again in 5"
                + " seconds");
    assertThat(service.freeConnections()).isEqualTo(50);
  }

  @Test
  void leavesAServiceAloneWhenHalfOfTwentyRequestsFail() throws Exception {
    Upstream service = service();
    ask(service, 10, false);
    ask(service, 9, true);
    ask(service, false);
    assertThat(service.freeConnections()).isEqualTo(50);
    ask(service, true);
    ask(service, true);
    assertLeftAlone(service);
  }

  @Test
  void tellsTheLogWhenAServiceIsLeftAloneAndWhenItIsBack() throws Exception {
    try (HeardLines log = HeardLines.of("upstream")) {
      Upstream service = service("Logged Service", 50, Duration.ofSeconds(1));
      ask(service, 19, true);
      assertThat(log.where("service", "Logged Service")).isEmpty();
      ask(service, true);
      pass(Duration.ofMillis(5_001));
      ask(service, false);
      assertThat(log.where("service", "Logged Service"))
          .map(line -> line.path("level").asString() + " " + line.path("event").asString())
          .containsExactly("WARN upstream.left_alone", "INFO upstream.back");
    }
  }

  @Test
  void nineteenFailuresDecideNothing() throws Exception {
    Upstream service = service();
    ask(service, 19, true);
    ask(service, false);
    assertLeftAlone(service);
  }

  @Test
  void failuresAreForgottenAfterTheWindow() throws Exception {
    Upstream service = service();
    ask(service, 19, true);
    pass(Duration.ofSeconds(11));
    ask(service, 19, true);
    pass(Duration.ofSeconds(11));
    ask(service, 19, true);
    ask(service, true);
    assertLeftAlone(service);
  }

  @Test
  void oneRequestTriesAgainAfterThePause() throws Exception {
    Upstream service = service();
    ask(service, 20, true);
    pass(Duration.ofSeconds(5));
    assertLeftAlone(service);
    pass(Duration.ofMillis(1));
    try (Upstream.Exchange trial = service.begin()) {
      assertThatThrownBy(service::begin).isInstanceOf(Fault.class);
      trial.answered();
    }
    ask(service, 19, true);
  }

  @Test
  void aTrialThatFailsMakesAnotherPause() throws Exception {
    Upstream service = service();
    ask(service, 20, true);
    pass(Duration.ofMillis(5_001));
    ask(service, true);
    assertLeftAlone(service);
    pass(Duration.ofMillis(5_001));
    ask(service, false);
    ask(service, false);
  }

  @Test
  void aTrialThatIsGivenUpLeavesTheNextOneTry() throws Exception {
    Upstream service = service();
    ask(service, 20, true);
    pass(Duration.ofMillis(5_001));
    service.begin().close();
    ask(service, false);
    ask(service, false);
  }

  @Test
  void requestsThatAreGivenUpSayNothingOfTheService() throws Exception {
    Upstream service = service();
    for (int i = 0; i < 100; i++) {
      service.begin().close();
    }
    ask(service, false);
  }

  @Test
  void answersThatComeTooLateAreFailures() throws Exception {
    Upstream service = service();
    for (int i = 0; i < 20; i++) {
      service.begin().close();
      service.late(new IOException("late"));
    }
    assertLeftAlone(service);
  }

  @Test
  void holdsItsConnectionsToANumber() throws Exception {
    Upstream service = service(3, Duration.ofMillis(20));
    Deque<Upstream.Exchange> open = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      open.add(service.begin());
    }
    assertThatThrownBy(service::begin)
        .isInstanceOf(NoConnectionException.class)
        .cause()
        .hasMessage(
            "All 3 connections of this server to Some Service are in use: try again, with less at"
                + " once")
        .extracting(fault -> ((Fault) fault).code())
        .isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    Upstream.Exchange first = open.removeFirst();
    first.close();
    first.close();
    assertThat(service.freeConnections()).isEqualTo(1);
    ask(service, false);
    open.forEach(Upstream.Exchange::close);
    assertThat(service.freeConnections()).isEqualTo(3);
  }

  @Test
  void whoWaitsForAConnectionGetsTheNextOne() throws Exception {
    Upstream service = service(1, Duration.ofSeconds(20));
    Upstream.Exchange only = service.begin();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ask(service, false);
                } catch (Exception e) {
                  failure.set(e);
                }
              }));
    }
    only.close();
    for (Thread one : waiting) {
      one.join();
    }
    assertThat(failure).hasNullValue();
    assertThat(service.freeConnections()).isEqualTo(1);
  }

  @Test
  void waitingEndsWithItsThread() throws Exception {
    Upstream service = service(1, Duration.ofSeconds(20));
    try (Upstream.Exchange _ = service.begin()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(service::begin).isInstanceOf(InterruptedException.class);
    }
    assertThat(service.freeConnections()).isEqualTo(1);
  }

  @Test
  void furtherAttemptsAreAShareOfTheCalls() {
    RetryBudget budget = service().retries();
    int saved = 0;
    while (budget.take()) {
      saved++;
    }
    assertThat(saved).isEqualTo(10);
    int taken = 0;
    for (int i = 0; i < 1_000; i++) {
      budget.called();
      if (budget.take()) {
        taken++;
      }
    }
    assertThat(taken).isEqualTo(100);
    for (int i = 0; i < 1_000; i++) {
      budget.called();
    }
    saved = 0;
    while (budget.take()) {
      saved++;
    }
    assertThat(saved).isEqualTo(10);
  }

  @Test
  void noShareIsNoAttempt() {
    assertThat(new RetryBudget(0).take()).isFalse();
  }
}
