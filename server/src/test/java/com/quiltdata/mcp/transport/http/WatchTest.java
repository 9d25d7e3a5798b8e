package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.route;
import static com.quiltdata.mcp.transport.http.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that leave or send on while a call runs.
@Timeout(30)
final class WatchTest {
  private static final String CALL = request("POST /call", "Content-Length: 2") + "ab";

  private final BlockingQueue<Long> gone = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> armed = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Route call =
      route(
          "POST",
          exchange -> {
            exchange.readBody(100);
            CountDownLatch left = new CountDownLatch(1);
            exchange.watch(() -> {
              gone.add(System.nanoTime());
              left.countDown();
            });
            armed.add("call");
            if (left.await(200, TimeUnit.MILLISECONDS)) {
              throw new CloseConnectionException("client gone");
            }
            text(exchange, "done");
          });
  private final Route waiting =
      route(
          "GET",
          exchange -> {
            exchange.watch(() -> gone.add(System.nanoTime()));
            armed.add("waiting");
            release.await();
            text(exchange, "released");
          });
  private final Route patient =
      route(
          "GET",
          exchange -> {
            CountDownLatch left = new CountDownLatch(1);
            exchange.watch(left::countDown);
            armed.add("patient");
            left.await();
            text(exchange, "all the same");
          });
  private final TestServer server =
      new TestServer(
          TestServer.config(), Map.of("/call", call, "/waiting", waiting, "/patient", patient));

  @AfterEach
  void stop() {
    release.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fin", "reset", "half-close"})
  void leavingClientIsSeenWithinMilliseconds(String manner) throws InterruptedException {
    long[] micros = new long[20];
    for (int i = 0; i < micros.length; i++) {
      try (RawConnection connection = server.connect()) {
        connection.send(CALL);
        armed.take();
        long left = System.nanoTime();
        switch (manner) {
          case "fin" -> connection.leave();
          case "reset" -> connection.reset();
          default -> connection.finish();
        }
        micros[i] = (gone.take() - left) / 1_000;
      }
    }
    Arrays.sort(micros);
    assertThat(micros[10]).as("median of %s, in microseconds", manner).isLessThan(50_000);
    assertThat(gone).isEmpty();
  }

  @Test
  void leavingClientIsObservedWithoutAnAnswer() throws InterruptedException {
    try (RawConnection connection = server.connect()) {
      connection.send(CALL);
      armed.take();
    }
    while (server.observed.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(server.observed.getFirst().status()).isEqualTo(499);
    assertThat(server.observed.getFirst().bytesOut()).isZero();
  }

  @Test
  void pipelinedRequestsBehindAWatchedCallAreAllAnswered() {
    try (RawConnection connection = server.connect()) {
      connection.send(CALL);
      connection.send(request("GET /hello").repeat(50));
      connection.send(request("POST /echo", "Content-Length: 20000") + "x".repeat(20_000));
      assertThat(connection.read().body()).isEqualTo("done");
      for (int i = 0; i < 50; i++) {
        assertThat(connection.read().body()).isEqualTo("hello");
      }
      assertThat(connection.read().body()).hasSize(20_000);
      assertThat(gone).isEmpty();
    }
  }

  @Test
  void eachOfManyWatchedCallsOnOneConnectionSeesItsOwnClientOnly() throws InterruptedException {
    try (RawConnection connection = server.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(connection.send(CALL).read().body()).isEqualTo("done");
      }
      assertThat(gone).isEmpty();
      connection.send(CALL);
    }
    assertThat(gone.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(gone.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void readAheadOfAnEarlierCallTellsTheLaterOne() throws InterruptedException {
    try (RawConnection connection = server.connect()) {
      // Both requests arrive in one packet, so that the read ahead of the first is still pending
      // when the second is served from the buffer.
      connection.send(request("POST /call", "Content-Length: 0") + request("GET /waiting"));
      assertThat(connection.read().body()).isEqualTo("done");
      assertThat(armed.take()).isEqualTo("call");
      assertThat(armed.take()).isEqualTo("waiting");
    }
    assertThat(gone.poll(5, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void clientThatLeftDuringAnEarlierPipelinedCallIsSeenAtOnce() throws InterruptedException {
    try (RawConnection connection = server.connect()) {
      connection.send(request("GET /patient") + request("GET /waiting"));
      assertThat(armed.take()).isEqualTo("patient");
      connection.finish();
      assertThat(connection.read().body()).isEqualTo("all the same");
      assertThat(armed.take()).isEqualTo("waiting");
      assertThat(gone.poll(5, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void unreadBodyCannotBeWatched() {
    Route early =
        route(
            "POST",
            exchange -> {
              exchange.watch(() -> {});
              text(exchange, "never");
            });
    try (TestServer other = new TestServer(TestServer.config(), Map.of("/early", early));
        RawConnection connection = other.connect()) {
      connection.send(request("POST /early", "Content-Length: 5") + "ab");
      assertThat(connection.read().status()).isEqualTo(500);
      assertThat(connection.isEndedWithin(Duration.ofSeconds(5))).isTrue();
    }
  }
}
