package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.tool.CallOutput;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One request on its way to a method.
///
/// @param version the revision that it speaks
/// @param id what its answer carries
/// @param params never null, perhaps empty
/// @param headers of the HTTP request; empty on stdio
/// @param conversation that it is part of, on stdio
/// @param caller who sends it
/// @param output for progress and log messages
/// @param requestId names the request in logs
record Call(
    ProtocolVersion version,
    RequestId id,
    ObjectNode params,
    Optional<Headers> headers,
    Optional<Conversation> conversation,
    Caller caller,
    CallOutput output,
    String requestId) {

  Call sendingTo(CallOutput newOutput) {
    return new Call(version, id, params, headers, conversation, caller, newOutput, requestId);
  }
}
