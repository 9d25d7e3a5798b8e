package com.quiltdata.mcp.tools.buckets;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.ToolResult;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Failures of the tools that take an `s3_uri`: they name `bucket` and `key`.
final class ObjectFailure {
  private ObjectFailure() {}

  static ToolResult.Failure of(Fault fault, Arguments arguments) {
    return of(fault, fault.text(), arguments);
  }

  static ToolResult.Failure of(Fault fault, String error, Arguments arguments) {
    ObjectNode details = StrictJson.NODES.objectNode();
    location(arguments)
        .ifPresent(location ->
            details.put("bucket", location.bucket().value()).put("key", location.key()));
    return new ToolResult.Failure(fault.code(), error, details);
  }

  /// What `s3_uri` names, if it can be read.
  static Optional<ObjectLocation> location(Arguments arguments) {
    try {
      return Optional.of(ObjectLocation.parse(arguments.text("s3_uri")));
    } catch (Fault unreadable) {
      return Optional.empty();
    }
  }
}
