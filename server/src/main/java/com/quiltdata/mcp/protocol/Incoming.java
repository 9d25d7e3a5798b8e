package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One message, or batch of messages, as a transport received it.
///
/// @param body parsed JSON of any kind
/// @param caller who sends it
/// @param headers of the HTTP request; empty on stdio
/// @param conversation that it is part of, on stdio
/// @param requestId names the request in logs
record Incoming(
    JsonNode body,
    Caller caller,
    Optional<Headers> headers,
    Optional<Conversation> conversation,
    String requestId) {

  Incoming with(JsonNode newBody) {
    return new Incoming(newBody, caller, headers, conversation, requestId);
  }

  /// The revision of messages that do not tell it themselves, from the headers alone.
  ProtocolVersion assumed() {
    return headers
        .map(all -> all.values(RoutingHeaders.VERSION))
        .filter(values -> !values.isEmpty())
        .map(values -> ProtocolVersion.of(values.getFirst()).orElse(ProtocolVersion.V2026_07_28))
        .or(() -> conversation.flatMap(Conversation::session).map(Session::version))
        .orElse(ProtocolVersion.ASSUMED);
  }
}
