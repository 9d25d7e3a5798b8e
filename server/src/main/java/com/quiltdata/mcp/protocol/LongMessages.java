package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Which requests may be long: those that bring the contents of files. What clients answer has
/// limits of its own.
final class LongMessages {
  private final ToolCatalog tools;
  private final int usualBytes;

  /// A rule.
  ///
  /// @param tools some of which take files
  /// @param usualBytes the longest message without files
  LongMessages(ToolCatalog tools, int usualBytes) {
    this.tools = tools;
    this.usualBytes = usualBytes;
  }

  /// Checks a message or batch.
  ///
  /// @param message parsed
  /// @param bytes its length
  /// @throws RpcException when it is long for no reason
  void check(JsonNode message, int bytes) {
    if (bytes > usualBytes && !mayBeLong(message)) {
      throw new RpcException(
          ErrorCode.TOO_LARGE,
          "Invalid request: a message over %d bytes has to be a call of a tool that takes files"
              .formatted(usualBytes));
    }
  }

  private boolean mayBeLong(JsonNode message) {
    if (message.isObject() && !message.has("method")) {
      return true;
    }
    return message instanceof ArrayNode batch
        ? batch.valueStream().anyMatch(this::mayBeLong)
        : message.path("method").asString("").equals("tools/call")
            && tools
                .find(message.path("params").path("name").asString(""))
                .filter(ToolSpec::takesFiles)
                .isPresent();
  }
}
