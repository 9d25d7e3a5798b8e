package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.protocol.RoutingHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Which arguments of which tools travel as headers too: those that `x-mcp-header` marks in a
/// tool's schema (MCP 2026-07-28, server/tools). Thread-safe.
final class ToolHeaders {
  private static final int MAX_TOOLS = 10_000;
  private static final int MAX_DEPTH = 16;

  private final Map<String, List<Repeated>> known = new ConcurrentHashMap<>();

  /// An argument that is repeated.
  ///
  /// @param path of member names that leads to it
  /// @param header that repeats it
  private record Repeated(List<String> path, String header) {}

  /// Takes in a page of the list of tools.
  ///
  /// @param result of `tools/list`
  void learn(JsonNode result) {
    for (JsonNode tool : result.path("tools")) {
      JsonNode name = tool.path("name");
      if (name.isString() && (known.size() < MAX_TOOLS || known.containsKey(name.stringValue()))) {
        List<Repeated> found = new ArrayList<>();
        collect(tool.path("inputSchema"), List.of(), found);
        known.put(name.stringValue(), List.copyOf(found));
      }
    }
  }

  private static void collect(JsonNode schema, List<String> path, List<Repeated> found) {
    if (path.size() > MAX_DEPTH) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      List<String> longer = new ArrayList<>(path);
      longer.add(property.getKey());
      String suffix = property.getValue().path("x-mcp-header").asString("");
      if (isToken(suffix)) {
        found.add(new Repeated(List.copyOf(longer), RoutingHeaders.PARAMETER + suffix));
      }
      collect(property.getValue(), longer, found);
    }
  }

  /// Whether a text can be part of a header's name (RFC 9110, 5.6.2).
  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c ->
                (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  boolean knows(String tool) {
    return known.containsKey(tool);
  }

  /// A tool that the server does not list has no such arguments, until a list names it.
  void learnMissing(String tool) {
    if (known.size() < MAX_TOOLS) {
      known.putIfAbsent(tool, List.of());
    }
  }

  /// The headers of a call.
  ///
  /// @param tool its name
  /// @param arguments of the call
  /// @return names and values
  Map<String, String> of(String tool, JsonNode arguments) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Repeated repeated : known.getOrDefault(tool, List.of())) {
      JsonNode value = arguments;
      for (String member : repeated.path()) {
        value = value.path(member);
      }
      if (value.isValueNode() && !value.isNull() && !value.isMissingNode()) {
        headers.put(repeated.header(), RoutingHeaders.encoded(value.asString()));
      }
    }
    return headers;
  }
}
