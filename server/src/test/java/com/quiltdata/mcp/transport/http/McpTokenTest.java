package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.RouteBench.bearer;
import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.message;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may call: requirement R12, the 401 answers, and what is open without a token.
@Timeout(30)
final class McpTokenTest {
  private static final String BOTH = "Accept: application/json, text/event-stream";
  private static final String FROM = "Origin: " + ORIGIN;
  private static final String NOTE =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String INITIALIZE =
      message(
          "initialize",
          "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}");
  private static RouteBench bench;

  @BeforeAll
  static void start() {
    bench = RouteBench.guarded();
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void goodTokenIsNotThrownAwayWhileNobodyKnowsTheKeys() throws Exception {
    try (RouteBench keyless = RouteBench.withoutKeys()) {
      Answer answer = keyless.post(call("echo"), bearer(), BOTH, FROM);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("15");
      assertThat(answer.body()).contains("tokens cannot be checked now");
      isReadableByThePage(answer);
      assertThat(keyless.post(INITIALIZE, BOTH).status()).isEqualTo(200);
    }
  }

  private static void isUnauthorized(Answer answer, String code, String detail) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"%s\",\"detail\":\"%s\"}".formatted(code, detail));
    assertThat(answer.header("www-authenticate"))
        .isEqualTo(
            code.equals("missing_authorization")
                ? "Bearer"
                : "Bearer error=\"invalid_token\", error_description=\"%s\"".formatted(detail));
  }

  private static void isReadableByThePage(Answer answer) {
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.header("access-control-expose-headers")).contains("WWW-Authenticate");
    assertThat(answer.header("vary")).isEqualTo("Origin");
  }

  private static void isMissing(Answer answer) {
    isUnauthorized(answer, "missing_authorization", "Bearer token required");
  }

  private static void isInvalid(Answer answer) {
    isUnauthorized(answer, "invalid_token", "JWT token could not be verified");
  }

  @Test
  void r12CallWithATokenIsServed() {
    assertThat(bench.post(call("echo"), bearer()).body()).contains("hello");
    assertThat(bench.post(call("echo"), bearer().replace("Bearer", "bearer")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tools/list", "tools/call", "resources/list", "no/such", "Initialize", "pings"})
  void r12CallWithoutATokenIs401(String method) {
    Answer answer = bench.post(message(method, "{\"name\":\"echo\"}"), FROM);
    isMissing(answer);
    isReadableByThePage(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Bearer\tx", "Token x", ""})
  void otherSchemesCountAsNoToken(String value) {
    isMissing(bench.post(call("echo"), "Authorization: " + value));
    assertThat(bench.post(INITIALIZE, "Authorization: " + value).status()).isEqualTo(200);
  }

  @Test
  void tokenInQueryOrCookieIsNoToken() {
    String token = bearer().substring("Authorization: Bearer ".length());
    isMissing(bench.post(call("echo"), "Cookie: token=" + token, "X-Authorization: " + bearer()));
    isMissing(bench.ask(RouteBench.postingTo("/mcp?access_token=" + token, call("echo"), BOTH)));
  }

  @Test
  void expiredTokenIs401AndSaysSo() {
    Answer answer = bench.post(call("echo"), FROM, bearer(RouteBench.TOKENS, Duration.ofHours(2)));
    isUnauthorized(answer, "token_expired", "JWT token expired");
    isReadableByThePage(answer);
  }

  @Test
  void anyOtherBadTokenIs401AndSaysNoMore() {
    TokenConfig foreign =
        TokenConfig.of(SigningKey.of("frontend-enhanced", UsedSecrets.named("another")));
    TokenConfig otherKey = TokenConfig.of(SigningKey.of("other-kid", RouteBench.SECRET));
    for (String header :
        List.of(
            bearer(foreign, Duration.ZERO),
            bearer(otherKey, Duration.ZERO),
            bearer(foreign, Duration.ofHours(2)),
            bearer() + "x",
            bearer().replace(".", ".."),
            "Authorization: Bearer a b",
            "Authorization: Bearer x",
            "Authorization: Bearer " + "x".repeat(20_000))) {
      Answer answer = bench.post(call("echo"), FROM, header);
      isInvalid(answer);
      isReadableByThePage(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage", "{", "[]", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"})
  void badTokenIs401BeforeTheBodyIsLookedAt(String body) {
    isInvalid(bench.post(body, "Authorization: Bearer x.y.z"));
    isInvalid(bench.post(INITIALIZE, "Authorization: Bearer x.y.z"));
  }

  @Test
  void badTokenIs401BeforeTheBodyIsSent() {
    try (RawConnection connection = bench.connect()) {
      connection.send(
          request(
              "POST /mcp",
              BOTH,
              "Content-Type: application/json",
              "Authorization: Bearer x.y.z",
              "Content-Length: 100000"));
      isInvalid(connection.read());
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void twoAuthorizationHeadersAre401EvenIfBothAreGood() {
    isInvalid(bench.post(call("echo"), bearer(), bearer()));
    isInvalid(bench.post(INITIALIZE, bearer(), "Authorization: Bearer x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}"
      })
  void openMethodsNeedNoToken(String body) {
    assertThat(bench.post(body).status()).isEqualTo(200);
    assertThat(bench.post(INITIALIZE).body()).contains("serverInfo");
    assertThat(bench.post(NOTE).status()).isEqualTo(202);
  }

  @Test
  void malformedBodyWithoutATokenIs400() {
    assertThat(bench.post("{").status()).isEqualTo(400);
    assertThat(bench.post("{}").status()).isEqualTo(400);
  }

  @Test
  void batchIsOpenOnlyIfEveryMemberIs() {
    String ping = message("ping", "{}");
    assertThat(bench.post("[%s,%s]".formatted(ping, NOTE)).status()).isEqualTo(200);
    isMissing(bench.post("[%s,%s]".formatted(ping, call("echo"))));
    isMissing(bench.post("[[%s]]".formatted(call("echo"))));
    assertThat(bench.post("[%s,%s]".formatted(ping, call("echo")), bearer()).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 65537", "Transfer-Encoding: chunked"})
  void longBodyWithoutATokenIs401AndTheConnectionEnds(String framing) {
    try (RawConnection connection = bench.connect()) {
      String body =
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"" + "x".repeat(65_000);
      connection.send(
          request("POST /mcp", BOTH, "Content-Type: application/json", FROM, framing)
              + (framing.startsWith("T")
                  ? "%x\r\n%s\r\n".formatted(body.length(), body).repeat(2)
                  : ""));
      Answer answer = connection.read();
      isMissing(answer);
      isReadableByThePage(answer);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void bodyOfJust64KiBWithoutATokenIsRead() {
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"";
    String body = head + "x".repeat((64 << 10) - head.length() - 3) + "\"}}";
    assertThat(body).hasSize(64 << 10);
    assertThat(bench.post(body).status()).isEqualTo(200);
    isMissing(bench.post(body.replace("\"}}", "x\"}}")));
  }

  @Test
  void theStreamOfNewsNeedsAToken() {
    assertThat(bench.ask(request("GET /mcp")).status()).isEqualTo(401);
  }

  @Test
  void otherMethodsAndProbesNeedNoToken() {
    assertThat(bench.ask(request("DELETE /mcp")).status()).isEqualTo(405);
    assertThat(bench.ask(request("GET /healthz")).status()).isEqualTo(200);
    assertThat(bench.ask(posting("", BOTH).replace("POST", "OPTIONS")).status()).isEqualTo(200);
  }
}
