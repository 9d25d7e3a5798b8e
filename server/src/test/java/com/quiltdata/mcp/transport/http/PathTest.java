package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import com.quiltdata.mcp.transport.http.TestServer.Simple;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which spelling of a path and which method reaches which route.
@Timeout(30)
final class PathTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    Route mcp =
        new Simple(
            Set.of("POST", "GET"),
            exchange -> text(exchange, exchange.path() + " " + exchange.query("t").orElse("-")));
    server =
        new TestServer(TestServer.config(), Map.of("/mcp", mcp, "/mcp/", mcp, "/healthz", mcp));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer ask(String line, String... headers) {
    try (RawConnection connection = server.connect()) {
      return connection.send(request(line, headers)).read();
    }
  }

  @Test
  void bothSpellingsReachTheRouteWithoutARedirect() {
    assertThat(ask("POST /mcp").body()).isEqualTo("/mcp -");
    assertThat(ask("POST /mcp/").body()).isEqualTo("/mcp/ -");
    assertThat(ask("POST /mcp/?t=1%20a&t=2&u").body()).isEqualTo("/mcp/ 1 a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//mcp",
        "/./mcp",
        "/%6dcp",
        "/mcp;a=b",
        "/mcp/..;/healthz",
        "/a/../mcp",
        "/mcp//",
        "/MCP",
        "/mcp%2f",
        "/mcp%00",
        "/mcp/.",
        "/mcp/x",
        "/%2e%2e/mcp",
        "mcp",
        "*",
        "/mcp/;",
        "/healthz;/",
        "/observe/health",
        "/metrics",
        "localhost:443"
      })
  void everyOtherSpellingIsNotFound(String path) {
    Answer answer = ask("POST " + path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("\"error\":\"not_found\"", "\"detail\":");
  }

  @Test
  void starForOptionsIsNotFound() {
    assertThat(ask("OPTIONS *").status()).isEqualTo(404);
  }

  @Test
  void absoluteFormIsNotFound() {
    assertThat(ask("POST http://localhost/mcp/..;/healthz").status()).isEqualTo(404);
    assertThat(ask("POST http://evil.example/mcp").status()).isEqualTo(404);
    assertThat(ask("POST http://localhost/mcp").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp?a=|", "/mcp?a={}", "/mcp?a=%zz", "/mcp%zz", "/mcp?<script>"})
  void brokenEncodingIsMalformed(String path) {
    Answer answer = ask("POST " + path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("bad_request").doesNotContain("script", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "HEADS", "FOO"})
  void otherMethodsAreNamedTheAllowedOnes(String method) {
    Answer answer = ask(method + " /mcp");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET, OPTIONS, POST");
    assertThat(answer.body()).contains("\"error\":\"method_not_allowed\"");
  }

  @Test
  void optionsNamesTheMethods() {
    Answer answer = ask("OPTIONS /mcp");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("allow")).isEqualTo("GET, OPTIONS, POST");
    assertThat(answer.body()).isEmpty();
    assertThat(ask("OPTIONS /nothing").status()).isEqualTo(404);
  }

  @Test
  void noHeaderChangesRouteOrMethod() {
    Answer answer =
        ask(
            "GET /nothing",
            "X-Original-URL: /mcp",
            "X-Rewrite-URL: /mcp",
            "X-Forwarded-Uri: /mcp",
            "X-HTTP-Method-Override: POST");
    assertThat(answer.status()).isEqualTo(404);
  }
}
