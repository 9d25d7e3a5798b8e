package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.message;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls that ask their client over HTTP, where one request is in work at a time.
@Timeout(60)
final class AskingRouteTest {
  private static final String BOTH = "Accept: application/json, text/event-stream";
  private static final String VERSION = "MCP-Protocol-Version: 2025-11-25";
  private static final Pattern ID = Pattern.compile("\"id\":\"(r1\\.[^\"]+)\"");

  private final RouteBench bench = RouteBench.narrow(EndpointLimits.defaults());
  private String session = "";

  @BeforeEach
  void open() {
    Answer answer =
        bench.ask(
            posting(
                message(
                    "initialize",
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":{}}}"),
                BOTH));
    session = "Mcp-Session-Id: " + answer.header("mcp-session-id");
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private String asking() {
    return posting(call("ask"), BOTH, VERSION, session);
  }

  /// The id of the question that a stream holds next.
  private static String question(RawConnection connection) {
    while (true) {
      Matcher matcher = ID.matcher(new String(connection.chunk(), UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
  }

  private Answer answer(String id) {
    return bench.ask(
        posting(
            "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}"
                .formatted(id),
            BOTH,
            VERSION,
            session));
  }

  private static String rest(RawConnection connection) {
    StringBuilder all = new StringBuilder();
    for (byte[] chunk = connection.chunk(); chunk.length > 0; chunk = connection.chunk()) {
      all.append(new String(chunk, UTF_8));
    }
    return all.toString();
  }

  private void inWork(int count) {
    while (bench.server.requestsInWork() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whileAPersonThinksOthersWork() {
    try (RawConnection connection = bench.connect()) {
      assertThat(connection.send(asking()).readHead().header("content-type"))
          .isEqualTo("text/event-stream");
      String id = question(connection);
      inWork(0);
      assertThat(bench.ask(posting(call("echo"), BOTH)).body()).contains("hello");
      assertThat(answer(id).status()).isEqualTo(202);
      assertThat(rest(connection)).contains("Ada", "\"isError\":false");
      inWork(0);
    }
  }

  @Test
  void theRestOfTheCallWaitsForAPlace() throws InterruptedException {
    try (RawConnection connection = bench.connect();
        RawConnection other = bench.connect()) {
      connection.send(asking()).readHead();
      String id = question(connection);
      other.send(posting(call("wait"), BOTH));
      bench.tools.begun.take();
      answer(id);
      for (int i = 0; i < 4; i++) {
        assertThat(connection.chunk()).asString(UTF_8).isEqualTo(":\n\n");
      }
      assertThat(bench.server.requestsInWork()).isEqualTo(1);
      bench.tools.release.countDown();
      assertThat(rest(connection)).contains("Ada");
      inWork(0);
    }
  }

  @Test
  void r19ACallWhoseClientLeftWhileItWasAskedEndsAndLeavesNothing() {
    try (RawConnection connection = bench.connect()) {
      connection.send(asking()).readHead();
      question(connection);
      connection.reset();
    }
    while (bench.server.openConnections() > 0) {
      Thread.onSpinWait();
    }
    inWork(0);
    assertThat(bench.ask(posting(call("echo"), BOTH)).body()).contains("hello");
  }

  @Test
  void aClientOfJsonAloneIsToldThatItCannotBeAsked() {
    Answer answer = bench.ask(posting(call("ask"), "Accept: application/json", VERSION, session));
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("input_required", "\"isError\":true");
  }

  @Test
  void r42AModernClientThatCannotBeAskedHasItsStatus() {
    Answer answer = bench.ask(RouteBench.modern("ask", "application/json, text/event-stream"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("-32021", "{\"requiredCapabilities\":{\"elicitation\":{\"form\":{}}}}");
  }

  @Test
  void r100AModernClientIsAskedInTheResult() {
    String request =
        RouteBench.modern("ask", "application/json")
            .replace("Capabilities\":{}", "Capabilities\":{\"elicitation\":{}}");
    String body = request.substring(request.indexOf("\r\n\r\n") + 4);
    Answer answer =
        bench.ask(request.replaceFirst("Content-Length: \\d+", "Content-Length: " + body.length()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"resultType\":\"input_required\"", "Who are you?");
    inWork(0);
  }
}
