package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// The body of every HTTP error: `{"error": code, "detail": text}`.
final class ErrorBody {
  /// The type of the body.
  static final String TYPE = "application/json";

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private ErrorBody() {}

  static byte[] of(String code, String detail) {
    return JSON.write(node(code, detail));
  }

  /// The body for anything unforeseen: it says nothing but where to look.
  static byte[] internal(String requestId) {
    ObjectNode node = node("internal_error", "the request failed; the log knows it by its id");
    return JSON.write(node.put("request_id", requestId));
  }

  private static ObjectNode node(String code, String detail) {
    return StrictJson.NODES.objectNode().put("error", code).put("detail", detail);
  }
}
