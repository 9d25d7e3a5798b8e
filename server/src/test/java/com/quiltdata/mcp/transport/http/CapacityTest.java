package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.route;
import static com.quiltdata.mcp.transport.http.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// More clients than there is room for.
@Timeout(30)
final class CapacityTest {
  private static final HttpLimits FEW =
      new HttpLimits(8 << 10, 64 << 10, 100, 12 << 20, 48 << 20, 4, 64, 2, 1);

  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Route working =
      route(
          "GET",
          exchange -> {
            exchange.enterWork("");
            entered.release();
            release.await();
            text(exchange, "worked");
          });
  private final Route holding =
      route(
          "GET",
          exchange -> {
            entered.release();
            release.await();
            text(exchange, "held");
          });
  private final TestServer server =
      new TestServer(
          TestServer.config().withLimits(FEW), Map.of("/busy", working, "/hold", holding));
  private final List<RawConnection> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    release.countDown();
    clients.forEach(RawConnection::close);
    server.close();
  }

  private RawConnection client() {
    RawConnection client = server.connect();
    clients.add(client);
    return client;
  }

  @Test
  void oldestIdleConnectionGivesWayToANewOne() {
    RawConnection oldest = client();
    assertThat(oldest.send(request("GET /hello")).read().status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(client().send(request("GET /hello")).read().status()).isEqualTo(200);
    }
    assertThat(server.server.openConnections()).isEqualTo(4);
    RawConnection latest = client();
    assertThat(latest.send(request("GET /hello")).read().body()).isEqualTo("hello");
    assertThat(oldest.isEnded()).isTrue();
    assertThat(clients.get(1).send(request("GET /hello")).read().body()).isEqualTo("hello");
  }

  @Test
  void slowHeadsDoNotLockOutOthers() {
    for (int i = 0; i < 20; i++) {
      client().send("GET /hel");
      Answer answer = client().send(request("GET /hello", "Connection: close")).read();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void newConnectionIsToldWhenAllOthersAreBusy() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      client().send(request("GET /hold"));
    }
    entered.acquire(4);
    RawConnection refused = client();
    Answer answer = refused.send(request("GET /hello")).read();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.body()).contains("busy");
    assertThat(refused.isEnded()).isTrue();
    release.countDown();
    assertThat(clients.getFirst().read().body()).isEqualTo("held");
    while (client().send(request("GET /hello")).read().status() != 200) {
      Thread.onSpinWait();
    }
  }

  @Test
  void gateLetsSoManyInKeepsSoManyWaitingAndRefusesTheRestAtOnce() throws InterruptedException {
    client().send(request("GET /busy"));
    client().send(request("GET /busy"));
    entered.acquire(2);
    assertThat(server.server.requestsInWork()).isEqualTo(2);

    RawConnection waiting = client().send(request("GET /busy"));
    long started = System.nanoTime();
    Answer late = waiting.read();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(250));
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.header("retry-after")).isEqualTo("1");
    assertThat(late.header("connection")).isEqualTo("keep-alive");

    assertThat(client().send(request("GET /hello")).read().status()).isEqualTo(200);
    release.countDown();
    assertThat(clients.getFirst().read().body()).isEqualTo("worked");
    assertThat(waiting.send(request("GET /busy")).read().body()).isEqualTo("worked");
    while (server.server.requestsInWork() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void gateHasBoundedQueue() throws InterruptedException {
    WorkGate gate = new WorkGate(1, 1, Duration.ofSeconds(5));
    assertThat(gate.enter()).isTrue();
    CountDownLatch second = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (gate.enter()) {
                  second.countDown();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    long started = System.nanoTime();
    assertThat(gate.enter()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    gate.leave();
    second.await();
  }

  @Test
  void largeBodiesBeyondTheRoomForThemAreRefused() throws InterruptedException {
    int size = 12 << 20;
    Route reading =
        route(
            "POST",
            exchange -> {
              int length = exchange.readBody(size).length;
              entered.release();
              release.await();
              text(exchange, String.valueOf(length));
            });
    byte[] large = new byte[size];
    String declared = request("POST /read", "Content-Length: " + size);
    String chunked = request("POST /read", "Transfer-Encoding: chunked") + "c00000\r\n";
    try (TestServer roomy = new TestServer(TestServer.config(), Map.of("/read", reading))) {
      for (int i = 0; i < 4; i++) {
        RawConnection client = roomy.connect();
        clients.add(client);
        client.send(i == 0 ? chunked : declared).send(large);
        if (i == 0) {
          client.send("\r\n0\r\n\r\n");
        }
      }
      entered.acquire(4);
      try (RawConnection refused = roomy.connect();
          RawConnection small = roomy.connect()) {
        refused.send(declared).sendQuietly(new byte[1 << 20]);
        Answer answer = refused.read();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        small.send(request("POST /read", "Content-Length: 65536")).send(new byte[65_536]);
        entered.acquire();
        release.countDown();
        assertThat(small.read().body()).isEqualTo("65536");
      }
      for (RawConnection client : clients) {
        assertThat(client.read().body()).isEqualTo(String.valueOf(size));
      }
      try (RawConnection again = roomy.connect()) {
        assertThat(again.send(declared).send(large).read().status()).isEqualTo(200);
      }
    }
  }
}
