package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.modern;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that take their time: requirements R14 to R19 of the protocol and the rule for the
/// choice between JSON and a stream. Streams begin after 150 ms here, comments come every 50 ms.
@Timeout(30)
final class McpStreamTest {
  private static final String CANCELS =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";

  private static final String BOTH = "application/json, text/event-stream";
  private static final String STREAM = "text/event-stream";
  private static final String JSON = "application/json";

  private final RouteBench bench = RouteBench.open();

  @AfterEach
  void stop() {
    bench.close();
  }

  private static String legacy(String tool, String accept) {
    return posting(call(tool), "Accept: " + accept);
  }

  @Test
  void quickAnswerIsJsonAndKeepsTheConnection() {
    try (RawConnection connection = bench.connect()) {
      for (int i = 0; i < 3; i++) {
        Answer answer = connection.send(legacy("echo", BOTH)).read();
        assertThat(answer.header("content-type")).isEqualTo(JSON);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
      }
    }
  }

  @Test
  void r14NotificationsComeBeforeTheAnswerOnAStream() {
    Answer answer = bench.ask(legacy("report", BOTH));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo(STREAM);
    assertThat(answer.body())
        .matches(
            """
            event: message
            data: \\{[^\n]*look out[^\n]*}

            event: message
            data: \\{[^\n]*reported[^\n]*}

            """);
  }

  @Test
  void r15TheAnswerEndsTheStreamButNotTheConnection() {
    try (RawConnection connection = bench.connect()) {
      connection.send(legacy("report", BOTH)).read();
      assertThat(connection.send(legacy("echo", BOTH)).read().body()).contains("hello");
    }
  }

  @Test
  void r16AndR17LongCallBecomesAStreamThatIsKeptAlive() {
    try (RawConnection connection = bench.connect()) {
      Answer head = connection.send(legacy("wait", BOTH)).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).isEqualTo(STREAM);
      assertThat(head.header("x-accel-buffering")).isEqualTo("no");
      assertThat(head.header("cache-control")).isEqualTo("no-cache, no-store, no-transform");
      for (int i = 0; i < 4; i++) {
        assertThat(connection.chunk()).asString(UTF_8).isEqualTo(":\n\n");
      }
      bench.tools.release.countDown();
      String chunk = ":\n\n";
      while (chunk.equals(":\n\n")) {
        chunk = new String(connection.chunk(), UTF_8);
      }
      assertThat(chunk).startsWith("event: message\ndata: {").contains("released");
      assertThat(connection.chunk()).isEmpty();
    }
  }

  @Test
  void clientOfJsonAloneWaitsForJsonAndHearsNoNotifications() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      assertThat(bench.ask(legacy("report", JSON)).body()).contains("reported").startsWith("{");
    }
    try (RawConnection connection = bench.connect()) {
      connection.send(legacy("wait", JSON));
      bench.tools.begun.take();
      assertThat(connection.isEndedWithin(Duration.ofMillis(400))).isFalse();
      bench.tools.release.countDown();
      assertThat(connection.read().header("content-type")).isEqualTo(JSON);
    }
  }

  @Test
  void statusOfAnErrorComesBeforeAStreamEvenForClientsOfStreams() {
    String unknown = modern("echo", STREAM).replace("Mcp-Name: echo", "Mcp-Name: other");
    Answer answer = bench.ask(unknown);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo(JSON);
    assertThat(answer.body()).contains("-32020");
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, BOTH, STREAM})
  void r18ClientThatLeavesCancelsAModernCallAtOnce(String accept) throws InterruptedException {
    try (RouteBench patient = RouteBench.patient()) {
      long[] micros = new long[11];
      for (int i = 0; i < micros.length; i++) {
        try (RawConnection connection = patient.connect()) {
          connection.send(modern("wait", accept));
          patient.tools.begun.take();
          // The watch is armed once the call has run for 2 ms.
          TimeUnit.MILLISECONDS.sleep(20);
          long left = System.nanoTime();
          connection.leave();
          micros[i] = (patient.tools.interrupted.take() - left) / 1_000;
        }
      }
      Arrays.sort(micros);
      assertThat(micros[5]).as("median in microseconds").isLessThan(100_000);
      assertThat(patient.tools.finished).isEmpty();
    }
  }

  @Test
  void r18ClientThatLeavesAStreamCancelsAModernCall() throws InterruptedException {
    try (RawConnection connection = bench.connect()) {
      connection.send(modern("wait", BOTH)).readHead();
      connection.chunk();
      connection.reset();
    }
    assertThat(bench.tools.interrupted.poll(5, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void r18ClientThatLeavesAfterAnEarlyNotificationCancelsAtOnce() throws InterruptedException {
    try (RouteBench patient = RouteBench.patient()) {
      for (int i = 0; i < 20; i++) {
        try (RawConnection connection = patient.connect()) {
          connection.send(modern("announce", BOTH)).readHead();
          assertThat(connection.chunk()).asString(UTF_8).contains("this takes long");
          connection.leave();
          assertThat(patient.tools.interrupted.poll(5, TimeUnit.SECONDS)).isNotNull();
        }
      }
    }
  }

  @Test
  void r18ClientThatLeavesInTheFirstMomentCancelsAsWell() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      try (RawConnection connection = bench.connect()) {
        connection.send(modern("wait", BOTH));
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(bench.tools.interrupted.poll(5, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, BOTH, STREAM})
  void r19ClientThatLeavesDoesNotCancelALegacyCall(String accept) throws InterruptedException {
    try (RawConnection connection = bench.connect()) {
      connection.send(legacy("wait", accept));
      bench.tools.begun.take();
      connection.reset();
    }
    // Long enough for a stream to begin and to fail.
    assertThat(bench.tools.interrupted.poll(400, TimeUnit.MILLISECONDS)).isNull();
    bench.tools.release.countDown();
    assertThat(bench.tools.finished.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(bench.tools.interrupted).isEmpty();
  }

  @Test
  void r124LegacyCallIsCancelledByAMessageInItsSession() throws InterruptedException {
    for (String tool : List.of("wait", "announce")) {
      try (RawConnection connection = bench.connect()) {
        connection.send(inSession("one", call(tool)));
        bench.tools.begun.take();
        assertThat(bench.ask(inSession("one", CANCELS)).status()).isEqualTo(202);
        assertThat(bench.tools.interrupted.poll(5, TimeUnit.SECONDS)).isNotNull();
        Answer answer = connection.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("\"id\"");
        assertThat(connection.send(legacy("echo", BOTH)).read().body()).contains("hello");
      }
    }
  }

  @Test
  void r124MessageOfAnotherSessionCancelsNothing() throws InterruptedException {
    try (RawConnection connection = bench.connect()) {
      connection.send(inSession("one", call("wait")));
      bench.tools.begun.take();
      assertThat(bench.ask(inSession("two", CANCELS)).status()).isEqualTo(202);
      assertThat(bench.ask(posting(CANCELS, "Accept: " + BOTH)).status()).isEqualTo(202);
      bench.tools.release.countDown();
      assertThat(connection.read().body()).contains("released");
    }
    assertThat(bench.tools.interrupted).isEmpty();
  }

  private static String inSession(String session, String message) {
    return posting(
        message,
        "Accept: " + BOTH,
        "MCP-Protocol-Version: 2025-11-25",
        "Mcp-Session-Id: " + session);
  }

  @Test
  void r19LegacyCallWhoseClientLeftKeepsItsPlaceInWorkUntilItEnds() throws InterruptedException {
    try (RawConnection connection = bench.connect()) {
      connection.send(legacy("wait", BOTH)).readHead();
      connection.reset();
    }
    TimeUnit.MILLISECONDS.sleep(400);
    assertThat(bench.server.requestsInWork()).isEqualTo(1);
    bench.tools.release.countDown();
    bench.tools.finished.take();
    while (bench.server.requestsInWork() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void callThatRunsWhenTheServerStopsIsToldSo() throws Exception {
    try (RouteBench patient = RouteBench.patient();
        RawConnection connection = patient.connect()) {
      connection.send(legacy("wait", BOTH));
      patient.tools.begun.take();
      Thread stopping = Thread.ofPlatform().start(patient.server::stop);
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("1");
      assertThat(answer.body()).contains("shutting_down");
      stopping.join();
    }
  }

  @Test
  void streamOfACallThatRunsWhenTheServerStopsEndsWithAnErrorThatSaysSo() throws Exception {
    try (RawConnection connection = bench.connect()) {
      connection.send(legacy("wait", BOTH)).readHead();
      Thread stopping = Thread.ofPlatform().start(bench.server::stop);
      String chunk = ":\n\n";
      while (chunk.equals(":\n\n")) {
        chunk = new String(connection.chunk(), UTF_8);
      }
      assertThat(chunk)
          .startsWith("event: message\ndata: {")
          .contains("\"id\":1", "-32603", "\"code\":\"shutting_down\",\"retryable\":true");
      assertThat(connection.chunk()).isEmpty();
      stopping.join();
      assertThat(bench.tools.interrupted).isNotEmpty();
    }
  }
}
