package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.input.ClientCapability;
import java.util.Set;

/// What an `initialize` of a revision up to 2025-11-25 agreed on. It is kept nowhere: over HTTP it
/// travels as the session id, on stdio the connection holds it. It says nothing of who calls.
///
/// @param version the revision
/// @param capabilities what the client can be asked
/// @param key random, names it among replicas
/// @param principal whom it was opened by; empty when by nobody
record Session(
    ProtocolVersion version, Set<ClientCapability> capabilities, String key, String principal) {
  /// Copies the capabilities.
  Session {
    capabilities = Set.copyOf(capabilities);
  }
}
