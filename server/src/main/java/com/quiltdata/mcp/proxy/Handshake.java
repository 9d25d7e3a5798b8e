package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.protocol.RoutingHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the client's `initialize` agreed on with the server (MCP up to 2025-11-25,
/// basic/lifecycle). Thread-safe.
final class Handshake {
  private volatile Optional<Agreed> agreed = Optional.empty();
  private volatile Optional<ObjectNode> asked = Optional.empty();

  /// An agreement.
  ///
  /// @param version of the protocol
  /// @param sessionId that the server gave, if it did
  record Agreed(String version, Optional<String> sessionId) {
    /// The headers of all that follows.
    Map<String, String> headers() {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put(RoutingHeaders.VERSION, RoutingHeaders.encoded(version));
      sessionId.ifPresent(id -> headers.put(OwnRequests.SESSION, id));
      return headers;
    }
  }

  /// The client begins; what was agreed on before is gone.
  void begin(ObjectNode params) {
    agreed = Optional.empty();
    asked = Optional.of(params);
  }

  /// The server answered.
  ///
  /// @param result of `initialize`
  /// @param sessionId header of the answer
  void agree(JsonNode result, Optional<String> sessionId) {
    JsonNode version = result.path("protocolVersion");
    if (version.isString()) {
      agreed =
          Optional.of(
              new Agreed(
                  version.stringValue(), sessionId.map(String::strip).filter(Handshake::isId)));
    }
  }

  private static boolean isId(String id) {
    return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  Optional<Agreed> agreed() {
    return agreed;
  }

  /// The parameters that the client began with.
  Optional<ObjectNode> asked() {
    return asked;
  }
}
