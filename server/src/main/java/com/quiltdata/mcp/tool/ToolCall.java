package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Caller;

/// One call of a tool, after all checks.
///
/// @param caller who calls
/// @param arguments checked, with defaults
/// @param output for progress and log messages
/// @param requestId names the call in logs
public record ToolCall(Caller caller, Arguments arguments, CallOutput output, String requestId) {}
