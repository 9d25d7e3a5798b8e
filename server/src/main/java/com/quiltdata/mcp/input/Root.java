package com.quiltdata.mcp.input;

import java.util.Optional;

/// A folder that the client works in. A text by the client: never a path to open here.
///
/// @param uri as the client says it
/// @param name for people
public record Root(String uri, Optional<String> name) {}
