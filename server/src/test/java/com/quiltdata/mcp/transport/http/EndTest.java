package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.route;
import static com.quiltdata.mcp.transport.http.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How the server comes to its end. Time itself is tested here.
@Timeout(30)
final class EndTest {
  private static final DrainTimers SHORT =
      new DrainTimers(
          Duration.ofMillis(400),
          Duration.ofMillis(300),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));

  private static Thread draining(TestServer server) {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                server.server.drain();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    while (!server.readiness.isDraining()) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void drainingServerStillServesButClosesEveryConnection() throws InterruptedException {
    try (TestServer server = new TestServer(TestServer.config().withDrain(SHORT));
        RawConnection old = server.connect()) {
      assertThat(old.send(request("GET /hello")).read().header("connection"))
          .isEqualTo("keep-alive");
      Thread drain = draining(server);
      try (RawConnection fresh = server.connect()) {
        Answer answer = fresh.send(request("GET /hello")).read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(fresh.isEnded()).isTrue();
      }
      assertThat(old.send(request("GET /hello")).read().header("connection")).isEqualTo("close");
      assertThat(old.isEnded()).isTrue();
      drain.join();
      assertThat(server.port()).isEqualTo(-1);
    }
  }

  @Test
  void drainWaitsForQuietAndProbesAreNoTraffic() throws InterruptedException {
    Route probe =
        new Route() {
          @Override
          public Set<String> methods() {
            return Set.of("GET");
          }

          @Override
          public void handle(Exchange exchange) {
            text(exchange, "alive");
          }

          @Override
          public boolean isProbe() {
            return true;
          }
        };
    HttpConfig config = TestServer.config().withDrain(SHORT);
    assertThat(drainMillis(config, Map.of("/probe", probe), "GET /probe")).isBetween(400L, 1_900L);
    assertThat(drainMillis(config, Map.of(), "GET /hello")).isBetween(2_000L, 6_000L);
  }

  private static long drainMillis(HttpConfig config, Map<String, Route> routes, String line)
      throws InterruptedException {
    try (TestServer server = new TestServer(config, routes)) {
      long started = System.nanoTime();
      Thread drain = draining(server);
      while (drain.isAlive()) {
        try (RawConnection connection = server.connect()) {
          connection.send(request(line)).read();
        } catch (RuntimeException _) {
          // The port has just been closed.
        }
        Thread.sleep(50);
      }
      return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }
  }

  @Test
  void localModeEndsAtOnce() throws InterruptedException {
    try (TestServer server = new TestServer();
        RawConnection idle = server.connect()) {
      idle.send(request("GET /hello")).read();
      long started = System.nanoTime();
      server.server.drain();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
      assertThat(idle.isEnded()).isTrue();
    }
  }

  @Test
  void stopCutsARunningDrainShort() throws InterruptedException {
    DrainTimers hour =
        new DrainTimers(
            Duration.ofHours(1), Duration.ZERO, Duration.ofHours(1), Duration.ofSeconds(1));
    try (TestServer server = new TestServer(TestServer.config().withDrain(hour))) {
      Thread drain = draining(server);
      server.server.stop();
      assertThat(drain.join(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void requestInWorkIsFinishedWithinTheGrace() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    Route slow =
        route(
            "GET",
            exchange -> {
              entered.countDown();
              Thread.sleep(600);
              text(exchange, "finished");
            });
    try (TestServer server =
            new TestServer(TestServer.config().withDrain(SHORT), Map.of("/slow", slow));
        RawConnection connection = server.connect()) {
      connection.send(request("GET /slow"));
      entered.await();
      Thread stop = Thread.ofPlatform().start(server.server::stop);
      Answer answer = connection.read();
      assertThat(answer.body()).isEqualTo("finished");
      assertThat(answer.header("connection")).isEqualTo("close");
      stop.join();
    }
  }

  @Test
  void stopLeavesNoThreads() {
    Set<String> before = threads();
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      connection.send(request("GET /hello")).read();
      assertThat(threads()).contains("http-sweeper");
    }
    for (int i = 0; i < 100 && !before.containsAll(threads()); i++) {
      pause();
    }
    assertThat(before).containsAll(threads());
  }

  /// Helidon never ends its idle timer, a daemon that waits and, here, has nothing to do.
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("helidon-idle-connection-timer"))
        .filter(name -> !name.startsWith("idle-timeout-handler"))
        .filter(name -> !name.equals("helidon-http-timer") && !name.endsWith("Poller"))
        .filter(name -> !name.contains("ForkJoinPool") && !name.startsWith("VirtualThread"))
        .collect(Collectors.toSet());
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void stopIsHarmlessTwiceAndBeforeTheStart() {
    HttpServer never = new HttpServer(TestServer.config(), new Readiness(), Map.of(), _ -> {});
    never.stop();
    never.stop();
    assertThat(never.port()).isEqualTo(-1);
  }

  @Test
  void takenPortIsNamed() {
    try (TestServer server = new TestServer()) {
      HttpConfig taken = TestServer.config().withAddress("127.0.0.1", server.port());
      try (HttpServer second = new HttpServer(taken, new Readiness(), Map.of(), _ -> {})) {
        assertThatThrownBy(second::start)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
      }
    }
  }

  @Test
  void unknownHostIsNamed() {
    HttpConfig config = TestServer.config().withAddress("no such host", 0);
    assertThatThrownBy(() -> new HttpServer(config, new Readiness(), Map.of(), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such host");
  }
}
