package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A message is answered with a JSON-RPC error. The text goes to the client.
final class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Optional<ObjectNode> data;

  RpcException(ErrorCode code, String message) {
    this(code, message, Optional.empty());
  }

  RpcException(ErrorCode code, String message, ObjectNode data) {
    this(code, message, Optional.of(data));
  }

  /// The client did not declare what the request needs.
  ///
  /// @param capabilities at least one
  static RpcException missing(Set<ClientCapability> capabilities) {
    ObjectNode data = StrictJson.NODES.objectNode();
    data.set("requiredCapabilities", ClientCapability.toJson(capabilities));
    return new RpcException(
        ErrorCode.MISSING_CLIENT_CAPABILITY,
        "The request needs a capability that the client did not declare",
        data);
  }

  /// The same message may be taken later.
  ///
  /// @param code [ErrorCode#BUSY] or [ErrorCode#SHARE_USED_UP]
  /// @param reason for programs
  static RpcException comeAgain(ErrorCode code, String reason, String message) {
    return new RpcException(
        code, message, StrictJson.NODES.objectNode().put("code", reason).put("retryable", true));
  }

  private RpcException(ErrorCode code, String message, Optional<ObjectNode> data) {
    super(message, null, false, false);
    this.code = code;
    this.data = data;
  }

  ErrorCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  Optional<ObjectNode> data() {
    return data;
  }
}
