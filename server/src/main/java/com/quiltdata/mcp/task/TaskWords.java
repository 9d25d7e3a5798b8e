package com.quiltdata.mcp.task;

import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/// Words what belongs to messages rather than to tasks.
public interface TaskWords {
  /// The result of the call as it would have been answered.
  ///
  /// @param result a success, a failure or blocks
  /// @return the members of the result
  ObjectNode result(ToolResult result);

  /// Questions by key.
  ///
  /// @param required what a job asks
  /// @return `inputRequests`
  ObjectNode requests(InputRequired required);
}
