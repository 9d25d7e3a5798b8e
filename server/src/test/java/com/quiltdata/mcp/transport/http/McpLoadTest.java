package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.modern;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many calls at once, and clients that do not read.
@Timeout(60)
final class McpLoadTest {
  private static final String BOTH = "Accept: application/json, text/event-stream";

  private static HttpConfig small() {
    return TestServer.config()
        .withLimits(new HttpLimits(8 << 10, 64 << 10, 100, 12 << 20, 48 << 20, 1_024, 1_024, 2, 1));
  }

  @Test
  void fullGateIs503AndProbesAnswerAllTheSame() throws InterruptedException {
    try (RouteBench bench = RouteBench.open(small());
        RawConnection first = bench.connect();
        RawConnection second = bench.connect()) {
      first.send(posting(call("wait"), BOTH));
      second.send(posting(call("wait"), BOTH));
      bench.tools.begun.take();
      bench.tools.begun.take();
      Answer refused = bench.post(call("echo"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(refused.body()).contains("too many requests in work", "retryable");
      for (String path : List.of("/healthz", "/readyz", "/mcp/healthz")) {
        assertThat(bench.ask(request("GET " + path)).status()).isEqualTo(200);
      }
      assertThat(bench.post(RouteBench.message("ping", "{}")).status()).isEqualTo(200);
      bench.tools.release.countDown();
      assertThat(first.read().body()).contains("released");
      assertThat(bench.post(call("echo")).status()).isEqualTo(200);
    }
  }

  @Test
  void twoHundredCallsAtOnceAreAllAnswered() throws Exception {
    try (RouteBench bench =
            RouteBench.open(
                TestServer.config()
                    .withLimits(
                        new HttpLimits(
                            8 << 10, 64 << 10, 100, 12 << 20, 48 << 20, 1_024, 1_024, 64, 200)));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        boolean isModern = i % 2 == 0;
        String tool = i % 3 == 0 ? "report" : "echo";
        answers.add(
            clients.submit(() ->
                bench.ask(
                    isModern
                        ? modern(tool, "application/json, text/event-stream")
                        : posting(call(tool), BOTH))));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().body()).containsAnyOf("hello", "reported");
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  void clientThatDoesNotReadItsStreamHoldsNoMemoryAndIsEnded() throws InterruptedException {
    Duration write = Duration.ofMillis(500);
    HttpTimers timers = SlowClientTest.timers(write);
    try (RouteBench bench = RouteBench.open(TestServer.config().withTimers(timers))) {
      List<RawConnection> clients = new ArrayList<>();
      long before = usedMemory();
      for (int i = 0; i < 10; i++) {
        clients.add(bench.connect().send(modern("chatter", "text/event-stream")));
      }
      while (bench.server.requestsInWork() < 10) {
        Thread.onSpinWait();
      }
      // Ten times 20 MB are on offer, ten times 64 messages of 10 kB may wait.
      assertThat(usedMemory() - before).isLessThan(60 << 20);
      while (bench.server.requestsInWork() > 0) {
        Thread.onSpinWait();
      }
      clients.forEach(RawConnection::close);
      assertThat(bench.post(call("echo")).status()).isEqualTo(200);
    }
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
