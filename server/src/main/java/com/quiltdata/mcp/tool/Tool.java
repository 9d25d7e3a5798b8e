package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Caller;
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
  /// @throws Fault when the call cannot be completed; [#failure] says it in the tool's words
  ToolResult call(ToolCall call);

  /// Looks after a job of this tool that runs in another service.
  ///
  /// @param caller who began it
  /// @param handle as in [Job.Elsewhere]
  /// @return how it stands
  /// @throws Fault when that cannot be told now
  default Job.Standing look(Caller caller, String handle) {
    throw new IllegalStateException("the tool has no jobs elsewhere");
  }

  /// Asks another service to stop a job of this tool.
  ///
  /// @param caller who began it
  /// @param handle as in [Job.Elsewhere]
  default void stop(Caller caller, String handle) {
    throw new IllegalStateException("the tool has no jobs elsewhere");
  }

  /// Words what [#call] threw. A tool whose failures have a headline or members of their own says
  /// so here, and nowhere else.
  ///
  /// @param fault what went wrong
  /// @param arguments of the call
  /// @return the failure, with the fault's code
  default ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return ToolResult.of(fault);
  }
}
