package com.quiltdata.mcp.protocol;

import java.util.Optional;
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
