package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One message, or batch of messages, as a transport received it.
///
/// @param body parsed JSON of any kind
/// @param caller who sends it
/// @param headers of the HTTP request; empty on stdio
/// @param requestId names the request in logs
public record Incoming(JsonNode body, Caller caller, Optional<Headers> headers, String requestId) {}
