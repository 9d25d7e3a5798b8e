package com.quiltdata.mcp.deploy.ecs;

import java.time.Instant;

/// What ECS says that it did.
///
/// @param id tells it apart
/// @param at when
/// @param message one line
public record ServiceEvent(String id, Instant at, String message) {}
