package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.RouteBench.bearer;
import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.message;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams of news over HTTP, of every revision: GET and `subscriptions/listen`. Comments come
/// every 50 ms here.
@Timeout(60)
final class NewsRouteTest {
  private static final String SSE = "Accept: text/event-stream";
  private static final String BOTH = "Accept: application/json, text/event-stream";
  private static final String COMMENT = ":\n\n";

  private static String get(String... headers) {
    return request("GET /mcp", headers);
  }

  private static String listen(String id) {
    return listen(id, "{\"toolsListChanged\":true}", "");
  }

  private static String listen(String id, String notifications, String more) {
    return posting(
        """
        {"jsonrpc":"2.0","id":%s,"method":"subscriptions/listen","params":{"notifications":%s,%s"_meta":{\
        "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
        "io.modelcontextprotocol/clientCapabilities":{}}}}\
        """
            .formatted(id, notifications, more),
        BOTH,
        "MCP-Protocol-Version: 2026-07-28",
        "Mcp-Method: subscriptions/listen");
  }

  /// The next event that is no comment.
  private static String event(RawConnection connection) {
    String chunk = COMMENT;
    while (chunk.equals(COMMENT)) {
      chunk = new String(connection.chunk(), UTF_8);
    }
    return chunk;
  }

  private static void listening(RouteBench bench, int count) {
    while (bench.tools.changes.listeners() != count) {
      Thread.onSpinWait();
    }
  }

  private static EndpointLimits streams(int all, int ofOne) {
    return EndpointLimits.defaults().withStreams(all, ofOne);
  }

  @ParameterizedTest
  @ValueSource(strings = {SSE, "Accept: text/*", "Accept: */*", BOTH})
  void getIsAStreamThatIsKeptAliveAndTellsNews(String accept) {
    try (RouteBench bench = RouteBench.open();
        RawConnection connection = bench.connect()) {
      Answer head = connection.send(get(accept)).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).isEqualTo("text/event-stream");
      assertThat(head.header("x-accel-buffering")).isEqualTo("no");
      for (int i = 0; i < 3; i++) {
        assertThat(connection.chunk()).asString(UTF_8).isEqualTo(COMMENT);
      }
      bench.tools.changes.tell(new Change.ToolList());
      assertThat(event(connection))
          .startsWith("event: message\ndata: {")
          .contains("notifications/tools/list_changed")
          .doesNotContain("\nid:");
      bench.tools.endpoint().endStreams();
      byte[] rest = connection.chunk();
      while (rest.length > 0) {
        assertThat(rest).asString(UTF_8).isEqualTo(COMMENT);
        rest = connection.chunk();
      }
    }
  }

  @Test
  void r12GetNeedsAToken() {
    try (RouteBench bench = RouteBench.guarded()) {
      for (String line : List.of("GET /mcp", "GET /mcp/")) {
        Answer answer = bench.ask(request(line, SSE));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("missing_authorization");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(bench.ask(request(line, SSE, bearer() + "x")).status()).isEqualTo(401);
      }
      assertThat(bench.tools.changes.listeners()).isZero();
      try (RawConnection connection = bench.connect()) {
        assertThat(connection.send(get(SSE, bearer())).readHead().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Accept: application/json, 406",
    "X-Nothing: x, 406",
    "Accept: text/event-stream;q=0, 406",
    "Accept: text/html, 406"
  })
  void r9GetIsForClientsThatTakeAStream(String accept, int status) {
    try (RouteBench bench = RouteBench.open()) {
      assertThat(bench.ask(get(accept)).status()).isEqualTo(status);
      assertThat(bench.tools.changes.listeners()).isZero();
    }
  }

  @Test
  void r8AndR21TheStatelessRevisionHasNoGet() {
    try (RouteBench bench = RouteBench.open()) {
      Answer answer = bench.ask(get(SSE, "MCP-Protocol-Version: 2026-07-28"));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("POST, OPTIONS");
    }
  }

  @Test
  void r45GetOfAnUnknownVersionIsRefused() {
    try (RouteBench bench = RouteBench.open()) {
      assertThat(bench.ask(get(SSE, "MCP-Protocol-Version: 1999-01-01")).status()).isEqualTo(400);
      try (RawConnection connection = bench.connect()) {
        String known = get(SSE, "MCP-Protocol-Version: 2025-06-18");
        assertThat(connection.send(known).readHead().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void r8SessionsAreNotDeleted() {
    try (RouteBench bench = RouteBench.open()) {
      Answer answer = bench.ask(request("DELETE /mcp", "Mcp-Session-Id: q1.a.b.c"));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("GET, OPTIONS, POST");
    }
  }

  @Test
  void r41WhereOtherReplicasCannotBeReachedThereIsNoGet() {
    try (RouteBench bench = RouteBench.isolated()) {
      Answer answer = bench.ask(get(SSE));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("OPTIONS, POST");
    }
  }

  @Test
  void getWithABodyIsRefused() {
    try (RouteBench bench = RouteBench.open()) {
      assertThat(bench.ask(get(SSE, "Content-Length: 5") + "hello").status()).isEqualTo(413);
      assertThat(
              bench
                  .ask(get(SSE, "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n")
                  .status())
          .isEqualTo(413);
      assertThat(bench.tools.changes.listeners()).isZero();
    }
  }

  @Test
  void r143AGetOfAForgedSessionIsNotFound() {
    try (RouteBench bench = RouteBench.open()) {
      Answer answer = bench.ask(get(SSE, "Mcp-Session-Id: q1.a.b.c"));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.body()).contains("\"error\"", "initialize");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BOTH, SSE, "Accept: application/json"})
  void initializeGivesAnIdInAHeaderThatBrowsersMayRead(String accept) {
    try (RouteBench bench = RouteBench.open()) {
      Answer answer =
          bench.ask(
              posting(
                  message("initialize", "{\"protocolVersion\":\"2025-11-25\"}"),
                  accept,
                  "Origin: " + TestServer.ORIGIN));
      assertThat(answer.header("mcp-session-id")).startsWith("q1.");
      assertThat(answer.header("access-control-expose-headers").toLowerCase(Locale.ROOT))
          .contains("mcp-session-id");
    }
  }

  @Test
  void r90ListenIsAcknowledgedAtOnceAndKeptAlive() {
    try (RouteBench bench = RouteBench.open();
        RawConnection connection = bench.connect()) {
      Answer head = connection.send(listen("7")).readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).isEqualTo("text/event-stream");
      assertThat(connection.chunk())
          .asString(UTF_8)
          .contains("notifications/subscriptions/acknowledged");
      assertThat(connection.chunk()).asString(UTF_8).isEqualTo(COMMENT);
      bench.tools.changes.tell(new Change.ToolList());
      assertThat(event(connection))
          .contains("list_changed", "\"io.modelcontextprotocol/subscriptionId\":7");
      bench.tools.endpoint().endStreams();
      assertThat(event(connection)).contains("notifications/cancelled", "\"requestId\":7");
      assertThat(event(connection)).contains("\"id\":7,\"result\"", "\"resultType\":\"complete\"");
      assertThat(connection.chunk()).isEmpty();
      // The connection is as good as new.
      assertThat(connection.send(posting(call("echo"), BOTH)).read().body()).contains("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void r95AClientThatLeavesGivesItsPlaceBackAtOnce(boolean isPolite) throws InterruptedException {
    try (RouteBench bench = RouteBench.narrow(streams(1, 1))) {
      for (int i = 0; i < 10; i++) {
        String line = i % 2 == 0 ? listen("1") : get(SSE);
        try (RawConnection connection = bench.connect()) {
          assertThat(connection.send(line).readHead().status()).isEqualTo(200);
          connection.chunk();
          if (isPolite) {
            connection.leave();
          } else {
            connection.reset();
          }
        }
        long left = System.nanoTime();
        listening(bench, 0);
        // Not by a write that fails: comments of a real server are 15 s apart.
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(5));
      }
      while (bench.server.openConnections() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void r95AStreamTakesNoPlaceInWork() {
    try (RouteBench bench = RouteBench.narrow(streams(10, 10))) {
      List<RawConnection> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        RawConnection connection = bench.connect();
        clients.add(connection);
        connection.send(i % 2 == 0 ? listen("1") : get(SSE)).readHead();
      }
      listening(bench, 6);
      assertThat(bench.server.requestsInWork()).isZero();
      assertThat(bench.ask(posting(call("echo"), BOTH)).body()).contains("hello");
      clients.forEach(RawConnection::leave);
    }
  }

  @Test
  void r95ThereAreNoMoreStreamsThanPlaces() {
    try (RouteBench bench = RouteBench.narrow(streams(2, 2));
        RawConnection one = bench.connect();
        RawConnection two = bench.connect()) {
      one.send(listen("1")).readHead();
      two.send(get(SSE)).readHead();
      listening(bench, 2);
      for (String line : List.of(listen("1"), get(SSE))) {
        Answer answer = bench.ask(line);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.body()).contains("-32603");
      }
    }
    try (RouteBench bench = RouteBench.narrow(streams(2, 1));
        RawConnection one = bench.connect()) {
      one.send(listen("1")).readHead();
      listening(bench, 1);
      Answer answer = bench.ask(listen("2"));
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("retry-after")).isEqualTo("1");
    }
  }

  @Test
  void r147ALongRequestToListenIsRefused() {
    try (RouteBench bench = RouteBench.open()) {
      String more = "\"more\":\"%s\",".formatted("x".repeat(64 << 10));
      assertThat(bench.ask(listen("1", "{}", more)).status()).isEqualTo(413);
      assertThat(bench.tools.changes.listeners()).isZero();
    }
  }

  @Test
  void r90AWrongRequestToListenHasItsStatus() {
    try (RouteBench bench = RouteBench.open()) {
      Answer answer = bench.ask(listen("1", "7", ""));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("-32602");
    }
    try (RouteBench bench = RouteBench.isolated()) {
      assertThat(bench.ask(listen("1")).status()).isEqualTo(404);
    }
  }
}
