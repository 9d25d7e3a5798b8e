package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the parameters of a request; what has the wrong shape is `-32602`.
final class Params {
  /// The longest URI that is kept beyond its request.
  static final int MAX_URI_CHARS = 2_048;

  private Params() {}

  static String requireText(ObjectNode params, String name) {
    JsonNode value = params.path(name);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw invalid("params.%s must be a non-empty string".formatted(name));
    }
    return value.stringValue();
  }

  /// A URI that is kept for a while.
  static String requireUri(ObjectNode params, String name) {
    String uri = requireText(params, name);
    if (uri.length() > MAX_URI_CHARS) {
      throw invalid("params.%s has over %d characters".formatted(name, MAX_URI_CHARS));
    }
    return uri;
  }

  static ObjectNode objectOrEmpty(ObjectNode params, String name) {
    return switch (params.get(name)) {
      case null -> StrictJson.NODES.objectNode();
      case ObjectNode node -> node;
      case JsonNode _ -> throw invalid("params.%s must be an object".formatted(name));
    };
  }

  /// A map of texts, empty when it is not there.
  static Map<String, String> texts(ObjectNode params, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    objectOrEmpty(params, name)
        .forEachEntry((key, value) -> {
          if (!value.isString()) {
            throw invalid("every value of %s must be a string".formatted(name));
          }
          texts.put(key, value.stringValue());
        });
    return texts;
  }

  static RpcException invalid(String text) {
    return new RpcException(ErrorCode.INVALID_PARAMS, "Invalid params: " + text);
  }
}
