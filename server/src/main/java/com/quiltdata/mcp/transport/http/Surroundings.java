package com.quiltdata.mcp.transport.http;

/// What all exchanges of one server share.
///
/// @param config the settings
/// @param readiness where the process is in its life
/// @param gate the places in work
/// @param bodies the room for bodies
record Surroundings(HttpConfig config, Readiness readiness, WorkGate gate, ByteRoom bodies) {}
