package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import tools.jackson.databind.node.ObjectNode;

/// The probes: `/healthz` and its names say that the process serves, `/readyz` that it wants work.
///
/// Neither asks another service: an outage behind this server must not make every task restart.
public final class HealthRoutes {
  private static final List<String> LIVENESS =
      List.of("/healthz", "/health", "/mcp/healthz", "/mcp/health", "/");
  private static final List<String> READINESS = List.of("/readyz", "/mcp/readyz");
  private static final Map<String, String> UNCACHED =
      Map.of("Cache-Control", "no-cache, no-store, must-revalidate");

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final HealthIdentity identity;
  private final Readiness readiness;
  private final IntSupplier toolCount;
  private final BoundedChecks liveness;
  private final BoundedChecks readinessChecks;
  private final Clock clock;
  private final Instant started;

  /// Probes of one process.
  ///
  /// @param identity what they say about the server
  /// @param readiness where the process is in its life
  /// @param toolCount how many tools are offered
  /// @param checks must not block; those of type LIVENESS count for `/healthz`, the others for
  ///   `/readyz`
  /// @param clock for `timestamp` and `uptime_seconds`
  public HealthRoutes(
      HealthIdentity identity,
      Readiness readiness,
      IntSupplier toolCount,
      List<HealthCheck> checks,
      Clock clock) {
    this.identity = identity;
    this.readiness = readiness;
    this.toolCount = toolCount;
    this.liveness = new BoundedChecks(of(checks, true));
    this.readinessChecks = new BoundedChecks(of(checks, false));
    this.clock = clock;
    this.started = clock.instant();
  }

  /// All probes by path.
  public Map<String, Route> routes() {
    Map<String, Route> routes = new LinkedHashMap<>();
    LIVENESS.forEach(path -> routes.put(path, new Probe(this::live)));
    READINESS.forEach(path -> routes.put(path, new Probe(this::ready)));
    return routes;
  }

  /// All probes by path, where a browser that opens `/` gets a page instead.
  ///
  /// @param page answers GET and HEAD requests that accept HTML
  public Map<String, Route> routesWithPage(Route page) {
    Map<String, Route> routes = routes();
    routes.put("/", new PageOrProbe(page, new Probe(this::live)));
    return routes;
  }

  private static List<HealthCheck> of(List<HealthCheck> checks, boolean liveness) {
    return checks.stream()
        .filter(check -> (check.type() == HealthCheckType.LIVENESS) == liveness)
        .toList();
  }

  private void live(Exchange exchange) {
    Optional<String> failed = liveness.failed();
    if (failed.isPresent()) {
      answer(exchange, "unhealthy", failed);
    } else {
      answer(exchange, readiness.isDraining() ? "draining" : "ok", Optional.empty());
    }
  }

  private void ready(Exchange exchange) {
    if (readiness.isDraining()) {
      answer(exchange, "draining", Optional.of("the server is about to stop"));
    } else if (!readiness.isReady()) {
      answer(exchange, "starting", Optional.of("the server is not ready yet"));
    } else {
      Optional<String> failed = readinessChecks.failed();
      answer(exchange, failed.isPresent() ? "unhealthy" : "ok", failed);
    }
  }

  private void answer(Exchange exchange, String status, Optional<String> error) {
    Instant now = clock.instant();
    ObjectNode body =
        StrictJson.NODES
            .objectNode()
            .put("status", status)
            .put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("route", exchange.path());
    error.ifPresent(text -> body.put("error", text));
    body.putObject("server")
        .put("name", identity.name())
        .put("version", identity.version())
        .put("build", identity.build())
        .put("transport", identity.transport());
    body.put("mcp_tools_count", toolCount.getAsInt())
        .put("uptime_seconds", Duration.between(started, now).toSeconds());
    exchange.answer(error.isPresent() ? 503 : 200, ErrorBody.TYPE, json.write(body), UNCACHED);
  }

  @FunctionalInterface
  private interface Answer {
    void to(Exchange exchange);
  }

  private record Probe(Answer answer) implements Route {
    @Override
    public Set<String> methods() {
      return Set.of("GET", "HEAD");
    }

    @Override
    public void handle(Exchange exchange) {
      answer.to(exchange);
    }

    @Override
    public boolean isProbe() {
      return true;
    }
  }

  private record PageOrProbe(Route page, Probe probe) implements Route {
    @Override
    public Set<String> methods() {
      return probe.methods();
    }

    @Override
    public void handle(Exchange exchange) throws Exception {
      boolean wantsPage =
          exchange.headers("Accept").stream().anyMatch(accept -> accept.contains("text/html"));
      if (wantsPage) {
        page.handle(exchange);
      } else {
        probe.handle(exchange);
      }
    }

    @Override
    public boolean isProbe() {
      return true;
    }
  }
}
