package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Grant;
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
  /// @param grant of whoever began it, checked anew; it names no bucket
  /// @param handle as in [Job.Elsewhere]
  /// @return how it stands
  /// @throws Fault when that cannot be told now
  default Job.Standing look(Grant grant, String handle) {
    throw new IllegalStateException("the tool has no jobs elsewhere");
  }

  /// Asks another service to stop a job of this tool.
  ///
  /// @param grant of whoever began it, checked anew; it names no bucket
  /// @param handle as in [Job.Elsewhere]
  default void stop(Grant grant, String handle) {
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
