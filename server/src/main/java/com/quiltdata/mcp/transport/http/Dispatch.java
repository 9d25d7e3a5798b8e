package com.quiltdata.mcp.transport.http;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.TreeSet;

/// Finds the route by the path exactly as it was sent.
///
/// Helidon's routing decodes and normalises, so that `/mcp/..;/healthz`, `//mcp` and `/%6dcp` reach
/// a route which a rule in front of the server took for another. Here they are nothing.
final class Dispatch implements Handler {
  /// The exchange of the running request.
  static final ScopedValue<ServedExchange> EXCHANGE = ScopedValue.newInstance();

  private final Map<String, Route> routes;
  private final Traffic traffic;
  private final LastResort lastResort;

  Dispatch(Map<String, Route> routes, Traffic traffic, LastResort lastResort) {
    this.routes = Map.copyOf(routes);
    this.traffic = traffic;
    this.lastResort = lastResort;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    ServedExchange exchange = EXCHANGE.get();
    try {
      lastResort.run(exchange, () -> serve(exchange));
    } finally {
      exchange.finish();
    }
  }

  private void serve(ServedExchange exchange) throws Exception {
    Route route = routes.get(exchange.path());
    if (route == null) {
      throw new Refusal(404, "not_found", "there is nothing at this path");
    }
    if (!route.isProbe()) {
      traffic.noticed();
    }
    if (route.methods().contains(exchange.method())) {
      route.handle(exchange);
    } else if (exchange.method().equals("OPTIONS")) {
      exchange.answer(200, "", new byte[0], Map.of("Allow", allow(route)));
    } else {
      throw new Refusal(
          405, "method_not_allowed", "allowed: " + allow(route), Map.of("Allow", allow(route)));
    }
  }

  /// Whether a path asks for the server's health.
  boolean isProbe(String path) {
    Route route = routes.get(path);
    return route != null && route.isProbe();
  }

  private static String allow(Route route) {
    TreeSet<String> methods = new TreeSet<>(route.methods());
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}
