package com.quiltdata.mcp.transport.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What web pages are told about calling this server. See the Fetch standard, section 3.3.
final class Cors {
  private static final Map<String, String> VARY = Map.of("Vary", "Origin");

  /// Named one by one: `*` would not cover `Authorization`.
  private static final String HEADERS =
      String.join(
          ", ",
          "Accept",
          "Authorization",
          "Cache-Control",
          "Content-Type",
          "Last-Event-ID",
          "Mcp-Method",
          "Mcp-Name",
          "Mcp-Param-Bucket",
          "Mcp-Protocol-Version",
          "Mcp-Session-Id",
          "X-MCP-Debug",
          "X-Quilt-Available-Roles",
          "X-Quilt-Current-Role",
          "X-Quilt-Role-Arn",
          "X-Quilt-User-Id",
          "X-Quilt-User-Role",
          "X-Request-ID",
          "traceparent",
          "tracestate");

  private static final Map<String, String> PREFLIGHT =
      Map.of(
          "Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS",
          "Access-Control-Allow-Headers", HEADERS,
          "Access-Control-Max-Age", "600");

  private final AllowedOrigins allowed;

  Cors(AllowedOrigins allowed) {
    this.allowed = allowed;
  }

  /// Whether the headers name an origin, or try to, that may not call.
  boolean isForeign(List<String> origins) {
    return !origins.isEmpty() && (origins.size() > 1 || !allowed.allows(origins.getFirst()));
  }

  /// The headers for any answer.
  Map<String, String> headers(List<String> origins) {
    return origins.isEmpty() || isForeign(origins) ? VARY : headers(origins.getFirst());
  }

  /// The headers for the answer to a request of which perhaps nothing could be read.
  Map<String, String> headersFor(Headers received) {
    Optional<String> only = allowed.only();
    return received.size() == 0 && only.isPresent()
        ? headers(only.get())
        : headers(received.all(HeaderNames.ORIGIN, List::of));
  }

  /// What else goes into the answer to a preflight.
  Map<String, String> preflight() {
    return PREFLIGHT;
  }

  private static Map<String, String> headers(String origin) {
    return Map.of(
        "Vary",
        "Origin",
        "Access-Control-Allow-Origin",
        origin,
        "Access-Control-Expose-Headers",
        "Mcp-Session-Id, X-Request-ID, WWW-Authenticate");
  }
}
