package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One JSON-RPC 2.0 message.
sealed interface Message {
  /// Wants an answer.
  record Request(RequestId id, String method, ObjectNode params) implements Message {}

  /// Wants none.
  record Notification(String method, ObjectNode params) implements Message {}

  /// Answers a request of the server.
  ///
  /// @param id of that request
  /// @param body the whole message: with a result or an error
  record Response(RequestId id, ObjectNode body) implements Message {}

  /// Reads a message.
  ///
  /// @throws RpcException `-32600` when it is none
  static Message of(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw invalid("a message is a JSON object");
    }
    if (!object.path("jsonrpc").asString("").equals("2.0")) {
      throw invalid("the member jsonrpc must be \"2.0\"");
    }
    JsonNode method = object.get("method");
    if (method == null) {
      if (object.has("result") == object.has("error")) {
        throw invalid("a message has a method, a result or an error");
      }
      return new Response(id(object).orElseThrow(() -> invalid("a response has an id")), object);
    }
    if (!method.isString() || object.has("result") || object.has("error")) {
      throw invalid("the member method must be a string, without result or error beside it");
    }
    ObjectNode params =
        switch (object.get("params")) {
          case null -> StrictJson.NODES.objectNode();
          case ObjectNode node -> node;
          case JsonNode _ -> throw invalid("the member params must be an object");
        };
    if (!object.has("id")) {
      return new Notification(method.stringValue(), params);
    }
    RequestId id =
        id(object).orElseThrow(() -> invalid("the member id must be a string or an integer"));
    return new Request(id, method.stringValue(), params);
  }

  /// The readable id of whatever this is.
  static Optional<RequestId> id(JsonNode json) {
    return Optional.ofNullable(json.get("id")).flatMap(RequestId::of);
  }

  private static RpcException invalid(String text) {
    return new RpcException(ErrorCode.INVALID_REQUEST, "Invalid request: " + text);
  }
}
