package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
final class HealthRoutesTest {
  private static final HealthIdentity IDENTITY =
      new HealthIdentity("quilt-mcp-server", "1.2.3", "abc1234", "http");

  private static HealthRoutes health(Readiness readiness, HealthCheck... checks) {
    return new HealthRoutes(IDENTITY, readiness, () -> 42, List.of(checks), Clock.systemUTC());
  }

  private static TestServer server(Readiness readiness, HealthCheck... checks) {
    return new TestServer(TestServer.config(), health(readiness, checks).routes());
  }

  private static HealthCheck check(HealthCheckType type, Supplier<HealthCheckResponse> call) {
    return new HealthCheck() {
      @Override
      public String name() {
        return "catalogue";
      }

      @Override
      public HealthCheckType type() {
        return type;
      }

      @Override
      public HealthCheckResponse call() {
        return call.get();
      }
    };
  }

  private static Readiness ready() {
    Readiness readiness = new Readiness();
    readiness.markReady();
    return readiness;
  }

  private static Answer ask(TestServer server, String line, String... headers) {
    try (RawConnection connection = server.connect()) {
      return connection.send(request(line, headers)).read();
    }
  }

  private static JsonNode json(Answer answer) {
    return new StrictJson(JsonLimits.DEFAULT).read(answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/healthz",
        "/health",
        "/mcp/healthz",
        "/mcp/health",
        "/",
        "/readyz",
        "/mcp/readyz"
      })
  void everyProbeSaysWhatTheServerIs(String path) {
    try (TestServer server = server(ready())) {
      Answer answer = ask(server, "GET " + path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("cache-control")).isEqualTo("no-cache, no-store, must-revalidate");
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      JsonNode body = json(answer);
      assertThat(body.propertyNames())
          .containsExactly(
              "status", "timestamp", "route", "server", "mcp_tools_count", "uptime_seconds");
      assertThat(body.get("status").stringValue()).isEqualTo("ok");
      assertThat(body.get("timestamp").stringValue())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
      assertThat(body.get("route").stringValue()).isEqualTo(path);
      assertThat(body.get("server").get("name").stringValue()).isEqualTo("quilt-mcp-server");
      assertThat(body.get("server").get("version").stringValue()).isEqualTo("1.2.3");
      assertThat(body.get("server").get("build").stringValue()).isEqualTo("abc1234");
      assertThat(body.get("server").get("transport").stringValue()).isEqualTo("http");
      assertThat(body.get("mcp_tools_count").intValue()).isEqualTo(42);
      assertThat(body.get("uptime_seconds").longValue()).isNotNegative();
      try (RawConnection connection = server.connect()) {
        Answer head = connection.send(request("HEAD " + path)).readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isNotEqualTo("0");
      }
    }
  }

  @Test
  void readinessFollowsTheLifeOfTheProcess() {
    Readiness readiness = new Readiness();
    try (TestServer server = server(readiness)) {
      assertThat(ask(server, "GET /healthz").status()).isEqualTo(200);
      Answer starting = ask(server, "GET /readyz");
      assertThat(starting.status()).isEqualTo(503);
      assertThat(json(starting).get("status").stringValue()).isEqualTo("starting");
      readiness.markReady();
      assertThat(ask(server, "GET /mcp/readyz").status()).isEqualTo(200);
      readiness.markDraining();
      Answer draining = ask(server, "GET /readyz");
      assertThat(draining.status()).isEqualTo(503);
      assertThat(json(draining).get("status").stringValue()).isEqualTo("draining");
      Answer alive = ask(server, "GET /healthz");
      assertThat(alive.status()).isEqualTo(200);
      assertThat(json(alive).get("status").stringValue()).isEqualTo("draining");
    }
  }

  @Test
  void failedLivenessIsUnhealthyAndNamesTheCheck() {
    HealthCheck down =
        check(
            HealthCheckType.LIVENESS,
            () ->
                HealthCheckResponse.builder()
                    .status(false)
                    .detail("path", TestServer.SECRET_TEXT)
                    .build());
    try (TestServer server = server(ready(), down)) {
      Answer answer = ask(server, "GET /healthz");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(json(answer).get("status").stringValue()).isEqualTo("unhealthy");
      assertThat(json(answer).get("error").stringValue()).isEqualTo("failed checks: catalogue");
      assertThat(ask(server, "GET /readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void checkThatThrowsIsUnhealthyWithoutItsText() {
    HealthCheck broken =
        check(
            HealthCheckType.READINESS,
            () -> {
              throw new IllegalStateException(TestServer.SECRET_TEXT);
            });
    try (TestServer server = server(ready(), broken)) {
      Answer answer = ask(server, "GET /readyz");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("catalogue").doesNotContain("jdbc");
      assertThat(ask(server, "GET /healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void checkThatHangsDoesNotHoldTheProbe() {
    HealthCheck hanging =
        check(
            HealthCheckType.LIVENESS,
            () -> {
              try {
                Thread.sleep(10_000);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
              return HealthCheckResponse.builder().status(true).build();
            });
    try (TestServer server = server(ready(), hanging)) {
      long started = System.nanoTime();
      assertThat(ask(server, "GET /healthz").status()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void probesTakeMilliseconds() {
    HealthCheck up =
        check(HealthCheckType.LIVENESS, () -> HealthCheckResponse.builder().status(true).build());
    try (TestServer server = server(ready(), up);
        RawConnection connection = server.connect()) {
      long[] micros = new long[20];
      for (int i = 0; i < micros.length; i++) {
        long started = System.nanoTime();
        assertThat(connection.send(request("GET /healthz")).read().status()).isEqualTo(200);
        micros[i] = (System.nanoTime() - started) / 1_000;
      }
      Arrays.sort(micros);
      assertThat(micros[10]).as("median in microseconds").isLessThan(50_000);
    }
  }

  @Test
  void browserThatOpensTheRootGetsThePage() {
    Route page =
        TestServer.route("GET", e -> e.answer(200, "text/html", new byte[] {'<', 'p', '>'}));
    try (TestServer server =
        new TestServer(TestServer.config(), health(ready()).routesWithPage(page))) {
      assertThat(ask(server, "GET /", "Accept: text/html,application/xml;q=0.9").body())
          .isEqualTo("<p>");
      assertThat(ask(server, "GET /", "Accept: */*").body()).contains("\"status\":\"ok\"");
      assertThat(ask(server, "GET /healthz", "Accept: text/html").body()).contains("\"status\"");
    }
  }

  @Test
  void probesAreObservedAsSuch() {
    try (TestServer server = server(ready());
        RawConnection connection = server.connect()) {
      connection.send(request("GET /healthz")).read();
      connection.send(request("GET /hello")).read();
      while (server.observed.size() < 2) {
        Thread.onSpinWait();
      }
      assertThat(server.observed.get(0).isProbe()).isTrue();
      assertThat(server.observed.get(1).isProbe()).isFalse();
    }
  }
}
