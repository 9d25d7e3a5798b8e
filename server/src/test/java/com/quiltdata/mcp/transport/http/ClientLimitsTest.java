package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RouteBench.bearerOf;
import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.message;
import static com.quiltdata.mcp.transport.http.RouteBench.posting;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.admission.ClientLimits;
import com.quiltdata.mcp.admission.Rate;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What one client may ask for, while others are served as ever.
@Timeout(30)
final class ClientLimitsTest {
  private static final String BOTH = "Accept: application/json, text/event-stream";
  private static final String ADA = bearerOf("ada");
  private static final String BOB = bearerOf("bob");
  private static final String FORGED = ADA.substring(0, ADA.length() - 4) + "AAAA";
  private static final String PING = message("ping", "{}");
  private static final Rate OFTEN = Rate.perSecond(1_000, 1_000);

  /// So seldom that no test waits for the next.
  private static Rate atMost(int times) {
    return new Rate(Duration.ofHours(1), times);
  }

  private static RouteBench bench(ClientLimits limits) {
    return RouteBench.guarded(
        TestServer.config()
            .withClients(Optional.of(limits))
            .withProxies(TrustedProxies.of(List.of("*"))));
  }

  private static String from(String address) {
    return "X-Forwarded-For: 203.0.113.9, " + address;
  }

  private static void isSentAway(Answer answer, String id, String code, String text) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
    assertThat(answer.body())
        .isEqualTo(
            """
            {"jsonrpc":"2.0",%s"error":{"code":-32603,"message":"%s","data":{"code":"%s","retryable":true}}}\
            """
                .formatted(id, text, code));
  }

  @Test
  void callsBeyondTheShareOfAUserAre429AndOthersAreServed() throws InterruptedException {
    try (RouteBench bench = bench(new ClientLimits(OFTEN, 2, OFTEN, OFTEN));
        RawConnection first = bench.connect();
        RawConnection second = bench.connect()) {
      first.send(posting(call("wait"), BOTH, ADA));
      second.send(posting(call("wait"), BOTH, ADA));
      bench.tools.begun.take();
      bench.tools.begun.take();
      Answer refused = bench.post(call("echo"), ADA, "Origin: " + ORIGIN);
      isSentAway(
          refused, "\"id\":1,", "share_used_up", "too many of your requests are in work at once");
      assertThat(refused.header("access-control-allow-origin")).isEqualTo(ORIGIN);
      assertThat(bench.post(PING, ADA).status()).as("no work").isEqualTo(200);
      assertThat(bench.post(call("echo"), BOB).status()).isEqualTo(200);
      bench.tools.release.countDown();
      assertThat(first.read().body()).contains("released");
      assertThat(second.read().body()).contains("released");
      while (bench.server.callersInWork() > 0) {
        Thread.onSpinWait();
      }
      assertThat(bench.post(call("echo"), ADA).status()).isEqualTo(200);
    }
  }

  @Test
  void messagesBeyondTheRateOfAUserAre429() {
    try (RouteBench bench = bench(new ClientLimits(atMost(2), 8, OFTEN, OFTEN))) {
      assertThat(bench.post(call("echo"), ADA).status()).isEqualTo(200);
      assertThat(bench.post(PING, bearerOf("ada")).status()).as("another token").isEqualTo(200);
      Answer refused = bench.post(call("echo"), ADA);
      isSentAway(refused, "\"id\":null,", "too_many_requests", "you ask too often; wait a moment");
      assertThat(refused.header("retry-after")).isEqualTo("3600");
      assertThat(bench.post(call("echo"), BOB).status()).isEqualTo(200);
    }
  }

  @Test
  void batchesCountByTheirMessages() {
    String version = "MCP-Protocol-Version: 2025-03-26";
    String batch = "[%s]".formatted(String.join(",", List.of(call("echo"), PING, PING)));
    try (RouteBench bench = bench(new ClientLimits(atMost(3), 8, OFTEN, OFTEN))) {
      assertThat(bench.post(batch, ADA, version).status()).isEqualTo(200);
      assertThat(bench.post(PING, ADA, version).status()).isEqualTo(429);
    }
  }

  @Test
  void strangersAreHeldByTheAddressThatTheBalancerSaw() {
    try (RouteBench bench = bench(new ClientLimits(OFTEN, 8, atMost(2), OFTEN))) {
      for (int i = 0; i < 2; i++) {
        assertThat(bench.post(PING, from("198.51.100.1")).status()).isEqualTo(200);
      }
      assertThat(bench.post(PING, from("198.51.100.1")).status()).isEqualTo(429);
      assertThat(bench.post(PING, from("198.51.100.2")).status()).isEqualTo(200);
      assertThat(bench.post(PING, ADA, from("198.51.100.1")).status()).isEqualTo(200);
      for (int i = 0; i < 5; i++) {
        assertThat(bench.post(PING).status()).as("an unknown address").isEqualTo(200);
      }
    }
  }

  @Test
  void refusedTokensOfAnAddressAre429AfterSome() {
    try (RouteBench bench = bench(new ClientLimits(OFTEN, 8, OFTEN, atMost(2)))) {
      for (int i = 0; i < 2; i++) {
        assertThat(bench.post(PING, FORGED, from("198.51.100.1")).status()).isEqualTo(401);
      }
      isSentAway(
          bench.post(PING, FORGED, from("198.51.100.1")),
          "\"id\":null,",
          "too_many_failed_tokens",
          "too many tokens of your address were refused");
      assertThat(bench.post(PING, FORGED, from("198.51.100.2")).status()).isEqualTo(401);
      assertThat(bench.post(PING, ADA, from("198.51.100.1")).status())
          .as("a good token of the same address")
          .isEqualTo(200);
    }
  }

  @Test
  void longMessagesHaveToBringFiles() {
    String text = "x".repeat(1 << 20);
    String echo =
        message(
            "tools/call", "{\"name\":\"echo\",\"arguments\":{\"text\":\"%s\"}}".formatted(text));
    try (RouteBench bench = bench(ClientLimits.defaults())) {
      Answer refused = bench.post(echo, ADA);
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.body()).contains("\"id\":1", "-32600", "tool that takes files");
      assertThat(bench.post(message("ping", "{\"x\":\"%s\"}".formatted(text)), ADA).status())
          .isEqualTo(413);
      assertThat(bench.post("[" + echo + "]", ADA).status()).isEqualTo(413);
      assertThat(bench.post(echo.replace("echo", "keep"), ADA).status()).isEqualTo(200);
    }
  }
}
