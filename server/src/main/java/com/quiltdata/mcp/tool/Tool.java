package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.fault.Fault;

/// One tool that clients can call. Thread-safe.
public interface Tool {
  /// What clients are told of it; always the same.
  ToolSpec spec();

  /// Does the work. Runs on a virtual thread of its own, which is interrupted when the call is
  /// cancelled or out of time.
  ///
  /// @param call checked arguments and the caller, who has the rights that the spec declares
  /// @return the result
  /// @throws Fault when the call cannot be completed; it becomes a [ToolResult.Failure]
  ToolResult call(ToolCall call);
}
