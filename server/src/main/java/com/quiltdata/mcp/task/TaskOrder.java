package com.quiltdata.mcp.task;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.observe.RequestContext;
import java.util.Set;

/// Who begins a task, with what.
///
/// @param caller whose task it is
/// @param tool the tool's name
/// @param capabilities what the client can be asked, as the beginning request declared
/// @param context for the log
public record TaskOrder(
    Caller caller, String tool, Set<ClientCapability> capabilities, RequestContext context) {
  /// Copies the capabilities.
  public TaskOrder {
    capabilities = Set.copyOf(capabilities);
  }
}
