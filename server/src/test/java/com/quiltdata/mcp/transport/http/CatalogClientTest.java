package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.RouteBench.bearer;
import static com.quiltdata.mcp.transport.http.RouteBench.postingTo;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the client in the Quilt catalog does, request by request. It cannot be changed from here.
@Timeout(30)
final class CatalogClientTest {
  private static final List<String> SENT =
      List.of(
          "content-type",
          "accept",
          "cache-control",
          "authorization",
          "mcp-protocol-version",
          "mcp-session-id",
          "x-mcp-debug",
          "x-quilt-user-role",
          "x-quilt-role-arn",
          "x-quilt-current-role",
          "x-quilt-available-roles",
          "x-quilt-user-id",
          "last-event-id",
          "x-request-id");
  private static RouteBench bench;

  @BeforeAll
  static void start() {
    bench = RouteBench.guarded();
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static Answer accepting(String accept, String body, String... more) {
    String[] headers = new String[more.length + 6];
    headers[0] = "Accept: " + accept;
    headers[1] = "Origin: " + ORIGIN;
    headers[2] = "Cache-Control: no-cache";
    headers[3] = "mcp-protocol-version: 2024-11-05";
    headers[4] = "x-quilt-current-role: ReadQuiltBucket";
    headers[5] = "x-quilt-available-roles: " + "a-role-of-many,".repeat(200);
    System.arraycopy(more, 0, headers, 6, more.length);
    return bench.ask(postingTo("/mcp/?t=1727000000000", body, headers));
  }

  private static Answer post(String body, String... more) {
    return accepting("application/json, text/event-stream", body, more);
  }

  @Test
  void one_preflightAllowsAllItsHeaders() {
    Answer answer =
        bench.ask(
            request(
                "OPTIONS /mcp/?t=1",
                "Origin: " + ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: " + String.join(",", SENT)));
    assertThat(answer.status()).isBetween(200, 299);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.header("access-control-allow-methods")).contains("POST");
    assertThat(
            List.of(
                answer
                    .header("access-control-allow-headers")
                    .toLowerCase(Locale.ROOT)
                    .split(", ", -1)))
        .containsAll(SENT);
  }

  @Test
  void two_initializesWithoutAToken() {
    Answer answer =
        post(
            """
            {"jsonrpc":"2.0","id":"init-session","method":"initialize","params":{\
            "protocolVersion":"2024-11-05","capabilities":{"tools":{},"resources":{}},\
            "clientInfo":{"name":"quilt-catalog","version":"1.0.0"}}}\
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.header("mcp-session-id")).isEmpty();
    assertThat(answer.body())
        .contains("\"id\":\"init-session\"", "\"protocolVersion\":\"2024-11-05\"")
        .containsPattern("\"serverInfo\":\\{\"name\":\"test\"[^}]*\"version\":\"1.2.3\"");
  }

  @Test
  void three_notifiesWithoutAToken() {
    Answer answer =
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\",\"params\":{}}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void four_listsAllToolsInOnePage() {
    Answer answer =
        post("{\"jsonrpc\":\"2.0\",\"id\":\"list-tools\",\"method\":\"tools/list\"}", bearer());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"id\":\"list-tools\"").doesNotContain("nextCursor");
    assertThat(answer.body().split("\"inputSchema\"", -1)).hasSize(9);
  }

  @Test
  void five_callsWithASessionIdOfItsOwnMaking() {
    Answer answer = callEcho("application/json, text/event-stream", bearer());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("\"id\":\"call-echo\"", "hello");
  }

  @Test
  void five_readsTheOneDataLineOfAStream() {
    Answer answer = callEcho("text/event-stream", bearer());
    assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
    assertThat(answer.body())
        .matches("event: message\ndata: \\{[^\n]*\"id\":\"call-echo\"[^\n]*}\n\n");
  }

  @Test
  void six_learnsThatItsTokenHasExpired() {
    Answer answer = callEcho("application/json", bearer(RouteBench.TOKENS, Duration.ofHours(2)));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.body()).contains("token_expired");
  }

  @Test
  void seven_probesAnswerJson() {
    for (String path : List.of("/healthz", "/mcp/healthz")) {
      Answer answer = bench.ask(request("GET " + path));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.body()).contains("\"status\":\"ok\"", "\"mcp_tools_count\":5");
    }
  }

  private static Answer callEcho(String accept, String token) {
    return accepting(
        accept,
        "{\"jsonrpc\":\"2.0\",\"id\":\"call-echo\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}}}",
        token,
        "mcp-session-id: stateless-1727000000000");
  }
}
