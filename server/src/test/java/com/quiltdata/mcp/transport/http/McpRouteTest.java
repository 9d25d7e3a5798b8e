package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.message;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static com.quiltdata.mcp.transport.http.RouteBench.postingTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One request, one answer: requirements R8 to R13, R20 and R21 of the protocol.
@Timeout(30)
final class McpRouteTest {
  private static final String BOTH = "Accept: application/json, text/event-stream";
  private static RouteBench bench;

  @BeforeAll
  static void start() {
    bench = RouteBench.open();
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/mcp/", "/mcp?t=1727000000000", "/mcp/?t=1"})
  void r8ServesBothSpellingsWithoutARedirect(String path) {
    Answer answer = bench.ask(postingTo(path, call("echo"), BOTH));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp//", "//mcp", "/mcp/x", "/MCP", "/mcp%2f", "/mcp;x", "/x/../mcp"})
  void r8ServesNoOtherSpelling(String path) {
    Answer answer = bench.ask(postingTo(path, call("echo"), BOTH));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).startsWith("{\"error\":\"not_found\"");
  }

  @ParameterizedTest
  @CsvSource({"PATCH, /mcp", "PUT, /mcp/", "DELETE, /mcp", "DELETE, /mcp/", "PUT, /mcp"})
  void r8AnswersOtherMethodsWith405(String method, String path) {
    for (String accept : List.of("Accept: text/event-stream", "Accept: */*")) {
      Answer answer = bench.ask(request(method + " " + path, accept, "Mcp-Session-Id: x"));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("GET, OPTIONS, POST");
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.body()).contains("\"error\":\"method_not_allowed\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                        | application/json
          application/json                           | application/json
          APPLICATION/JSON                           | application/json
          application/*                              | application/json
          text/event-stream                          | text/event-stream
          text/*                                     | text/event-stream
          text/event-stream; q=0.9                   | text/event-stream
          application/json, text/event-stream        | application/json
          text/event-stream, application/json        | application/json
          text/event-stream,application/json;q=0.1   | application/json
          application/json;q=0, text/event-stream    | text/event-stream
          text/html, */*;q=0.8                       | application/json
          """)
  void r9AnswersWhatTheClientTakes(String accept, String type) {
    Answer answer = bench.ask(posting(call("echo"), "Accept: " + accept));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo(type);
    assertThat(answer.body()).contains("hello");
  }

  @Test
  void r9TakesSilenceForJson() {
    assertThat(bench.ask(posting(call("echo"))).header("content-type"))
        .isEqualTo("application/json");
    assertThat(bench.ask(posting(call("echo"), "Accept:")).status()).isEqualTo(200);
    Answer twoLines =
        bench.ask(posting(call("echo"), "Accept: text/html", "Accept: text/event-stream"));
    assertThat(twoLines.header("content-type")).isEqualTo("text/event-stream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "image/*", "application/json;q=0", "*/*;q=0", "application/jsonp"})
  void r9Answers406WhenNothingCanBeTaken(String accept) {
    Answer answer = bench.ask(posting(call("echo"), "Accept: " + accept));
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.body()).contains("\"error\":\"not_acceptable\"");
  }

  @Test
  void r9AnswersErrorsWithTheirStatusEvenToClientsOfStreams() {
    Answer answer = bench.ask(posting("{", "Accept: text/event-stream"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("-32700");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json, text/event-stream", "text/event-stream", "*/*"})
  void r10AnswersANotificationWith202AndNoBody(String accept) {
    String body = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    Answer answer = bench.ask(posting(body, "Accept: " + accept));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("content-type")).isEmpty();
  }

  @Test
  void r28TakesACancellationWith202AndDoesNotActOnIt() throws InterruptedException {
    try (RouteBench own = RouteBench.open();
        RawConnection waiting = own.connect()) {
      waiting.send(posting(call("wait"), BOTH));
      own.tools.begun.take();
      Answer answer =
          own.post(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      assertThat(answer.status()).isEqualTo(202);
      own.tools.release.countDown();
      assertThat(waiting.read().body()).contains("released");
      assertThat(own.tools.interrupted).isEmpty();
    }
  }

  @Test
  void r11RefusesForeignOriginsAndHostsBeforeAnythingElse() {
    try (RouteBench guarded = RouteBench.guarded()) {
      for (String token : List.of(RouteBench.bearer(), "Authorization: Bearer x.y.z")) {
        Answer origin =
            guarded.ask(posting("rubbish", BOTH, token, "Origin: https://evil.example"));
        assertThat(origin.status()).isEqualTo(403);
        assertThat(origin.body()).contains("origin_not_allowed");
        Answer host =
            guarded.ask(posting("rubbish", token).replace("Host: localhost", "Host: evil.example"));
        assertThat(host.status()).isEqualTo(403);
        assertThat(host.body()).contains("host_not_allowed");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json-rpc",
    "multipart/form-data"
  })
  void otherContentTypesAre415(String type) {
    String ask = posting(call("echo"), BOTH).replace("Type: application/json", "Type: " + type);
    Answer answer = bench.ask(ask);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.body()).contains("\"error\":\"unsupported_media_type\"");
  }

  @Test
  void contentTypeMayNameItsCharset() {
    String ask =
        posting(call("echo"), BOTH)
            .replace("Type: application/json", "Type: Application/JSON; charset=utf-8");
    assertThat(bench.ask(ask).status()).isEqualTo(200);
  }

  @Test
  void bodyOverTheLimitIs413() {
    String head =
        request(
            "POST /mcp",
            BOTH,
            "Content-Type: application/json",
            "Content-Length: " + (RouteBench.MAX_BODY + 1));
    Answer answer = bench.ask(head);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("\"error\":\"body_too_large\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1", "nul", "{\"a\":1,\"a\":2}", "{} {}", "\u00ff"})
  void malformedBodyIs400(String body) {
    Answer answer = bench.post(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("-32700");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "\"x\"", "null", "[]", "{\"jsonrpc\":\"1.0\",\"id\":1}"})
  void jsonThatIsNoMessageIs400(String body) {
    Answer answer = bench.post(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("-32600");
  }

  @Test
  void r13AnswersABatchWithABatch() {
    String note = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    Answer answer = bench.post("[%s,%s,%s]".formatted(call("echo"), note, message("ping", "{}")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith("[{").endsWith("}]").contains("hello");
    assertThat(bench.post("[%s,%s]".formatted(note, note)).status()).isEqualTo(202);
  }

  @Test
  void r20IgnoresLastEventIdAndSendsNoIds() {
    String ask =
        RouteBench.modern("report", "application/json, text/event-stream")
            .replace("Accept:", "Last-Event-ID: 7\r\nMcp-Session-Id: none\r\nAccept:");
    Answer answer = bench.ask(ask);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("look out", "reported").doesNotContain("id: ");
    assertThat(answer.header("mcp-session-id")).isEmpty();
  }

  @Test
  void brokenToolIsAnsweredAndTheServerLives() {
    Answer answer = bench.post(call("break"), "X-Request-ID: id-of-it");
    assertThat(answer.status()).isIn(200, 500);
    assertThat(answer.body()).contains("-32603", "id-of-it").doesNotContain("StackOverflow");
    assertThat(bench.post(call("echo")).status()).isEqualTo(200);
  }
}
