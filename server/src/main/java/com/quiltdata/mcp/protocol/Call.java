package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.tool.CallOutput;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// One request on its way to a method.
///
/// @param version the revision that it speaks
/// @param id what its answer carries
/// @param params never null, perhaps empty
/// @param headers of the HTTP request; empty on stdio
/// @param conversation that it is part of, on stdio
/// @param session that it names, in revisions that have sessions
/// @param caller who sends it
/// @param capabilities what its client can be asked
/// @param outbox to the client
/// @param output for progress and log messages
/// @param requestId names the request in logs
record Call(
    ProtocolVersion version,
    RequestId id,
    ObjectNode params,
    Optional<Headers> headers,
    Optional<Conversation> conversation,
    Optional<Session> session,
    Caller caller,
    Set<ClientCapability> capabilities,
    Outbox outbox,
    CallOutput output,
    String requestId) {

  Call sendingTo(Outbox newOutbox, CallOutput newOutput) {
    return new Call(
        version,
        id,
        params,
        headers,
        conversation,
        session,
        caller,
        capabilities,
        newOutbox,
        newOutput,
        requestId);
  }
}
