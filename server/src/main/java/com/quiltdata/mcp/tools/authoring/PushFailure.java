package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.ToolResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Failures of pushes: they name the package, and what may help where somebody else was first.
final class PushFailure {
  private PushFailure() {}

  static ToolResult.Failure ofUpdate(Fault fault, Arguments arguments) {
    return of(fault, arguments, "Call again: the update is made on top of what is there by then");
  }

  static ToolResult.Failure of(Fault fault, Arguments arguments, String... onConflict) {
    ObjectNode details =
        StrictJson.NODES.objectNode().put("package_name", arguments.text("package_name"));
    arguments.textIfGiven("registry").ifPresent(registry -> details.put("registry", registry));
    if (fault.code() == FaultCode.CONFLICT) {
      ArrayNode fixes = details.putArray("possible_fixes");
      for (String fix : onConflict) {
        fixes.add(fix);
      }
    }
    return new ToolResult.Failure(fault.code(), fault.text(), details);
  }
}
