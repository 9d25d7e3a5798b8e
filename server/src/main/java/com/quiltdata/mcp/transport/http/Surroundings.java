package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.admission.Shares;
import java.util.Optional;

/// What all exchanges of one server share.
///
/// @param config the settings
/// @param readiness where the process is in its life
/// @param gate the places in work
/// @param shares of the places in work that one caller may have, if there is such a limit
/// @param bodies the room for bodies
record Surroundings(
    HttpConfig config,
    Readiness readiness,
    WorkGate gate,
    Optional<Shares> shares,
    ByteRoom bodies) {}
