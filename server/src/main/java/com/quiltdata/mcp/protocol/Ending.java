package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// The last word on the stream of a request that is not finished, for the server ends: a JSON-RPC
/// error that says that the request may be sent again. Equal in every revision.
public final class Ending {
  /// What programs know it by.
  public static final String CODE = "shutting_down";

  /// For people.
  public static final String TEXT = "the server ends; try again";

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private Ending() {}

  /// The response to a request.
  ///
  /// @param id of the request
  /// @return UTF-8 without raw newlines
  public static byte[] of(RequestId id) {
    ObjectNode response = StrictJson.NODES.objectNode().put("jsonrpc", "2.0");
    response.set("id", id.toJson());
    response
        .putObject("error")
        .put("code", ErrorCode.BUSY.number())
        .put("message", TEXT)
        .putObject("data")
        .put("code", CODE)
        .put("retryable", true);
    return JSON.write(response);
  }
}
