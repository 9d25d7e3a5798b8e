package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.RequestId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One message of the client, as far as the proxy must understand it.
sealed interface ClientMessage {
  /// Wants an answer.
  record Request(RequestId id, String method, ObjectNode params) implements ClientMessage {}

  /// Wants none.
  record Notification(String method, ObjectNode params) implements ClientMessage {}

  /// Answers a request of the server.
  record Response() implements ClientMessage {}

  /// Reads a message.
  ///
  /// @throws MalformedJsonException when it is no message
  static ClientMessage of(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw new MalformedJsonException("a message is a JSON object");
    }
    JsonNode method = object.get("method");
    if (method == null) {
      if (!object.has("id") || object.has("result") == object.has("error")) {
        throw new MalformedJsonException("a message has a method, a result or an error");
      }
      return new Response();
    }
    ObjectNode params =
        switch (object.get("params")) {
          case null -> StrictJson.NODES.objectNode();
          case ObjectNode node -> node;
          case JsonNode _ ->
              throw new MalformedJsonException("the member params must be an object");
        };
    if (!method.isString()) {
      throw new MalformedJsonException("the member method must be a string");
    }
    JsonNode id = object.get("id");
    if (id == null) {
      return new Notification(method.stringValue(), params);
    }
    return new Request(
        RequestId.of(id)
            .orElseThrow(
                () -> new MalformedJsonException("the member id must be a string or an integer")),
        method.stringValue(),
        params);
  }

  /// What the message asks for, if it asks or tells anything.
  default Optional<String> methodName() {
    return switch (this) {
      case Request request -> Optional.of(request.method());
      case Notification notification -> Optional.of(notification.method());
      case Response _ -> Optional.empty();
    };
  }

  /// The parameters; empty ones when there are none.
  default ObjectNode parameters() {
    return switch (this) {
      case Request request -> request.params();
      case Notification notification -> notification.params();
      case Response _ -> StrictJson.NODES.objectNode();
    };
  }
}
