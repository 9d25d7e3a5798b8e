package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.input.Input;

/// One call of a tool, after all checks.
///
/// @param grant what it may do
/// @param arguments checked, with defaults
/// @param output for progress and log messages
/// @param requestId names the call in logs
/// @param input what the client can be asked and what it has answered
/// @param limits how much it gives
public record ToolCall(
    Grant grant,
    Arguments arguments,
    CallOutput output,
    String requestId,
    Input input,
    ToolLimits limits) {
  /// Who calls.
  public Caller caller() {
    return grant.caller();
  }
}
