package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.protocol.RoutingHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The headers that belong to a message in its revision. Thread-safe.
final class RequestHeaders {
  private final Handshake handshake;
  private final ToolHeaders tools;
  private volatile Optional<String> lastStateless = Optional.empty();

  RequestHeaders(Handshake handshake, ToolHeaders tools) {
    this.handshake = handshake;
    this.tools = tools;
  }

  /// What to send with a message.
  Map<String, String> of(Outgoing outgoing) {
    Optional<String> named = outgoing.statelessVersion();
    if (named.isPresent()) {
      lastStateless = named;
      return stateless(named.get(), outgoing);
    }
    if (outgoing.isA(Outgoing.INITIALIZE)) {
      return Map.of();
    }
    return handshake
        .agreed()
        .map(Handshake.Agreed::headers)
        .or(() -> lastStateless.map(version -> stateless(version, outgoing)))
        .orElse(Map.of());
  }

  private Map<String, String> stateless(String version, Outgoing outgoing) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(RoutingHeaders.VERSION, RoutingHeaders.encoded(version));
    outgoing
        .single()
        .ifPresent(message ->
            message
                .methodName()
                .ifPresent(method -> {
                  JsonNode params = message.parameters();
                  headers.put(RoutingHeaders.METHOD, RoutingHeaders.encoded(method));
                  RoutingHeaders.named(method)
                      .map(params::path)
                      .filter(JsonNode::isString)
                      .ifPresent(name ->
                          headers.put(
                              RoutingHeaders.NAME, RoutingHeaders.encoded(name.stringValue())));
                  if (method.equals("tools/call")) {
                    headers.putAll(
                        tools.of(params.path("name").asString(""), params.path("arguments")));
                  }
                }));
    return headers;
  }
}
