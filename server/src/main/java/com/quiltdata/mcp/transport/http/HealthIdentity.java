package com.quiltdata.mcp.transport.http;

/// What the server says it is.
///
/// @param name of the service
/// @param version of the release
/// @param build the revision it was built from
/// @param transport how it is spoken to, such as `http`
public record HealthIdentity(String name, String version, String build, String transport) {}
