package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.ErrorCode;
import com.quiltdata.mcp.protocol.RequestId;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the client hears: one message a line. Thread-safe.
final class ClientOutput {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final ReentrantLock writing = new ReentrantLock();
  private final PrintStream out;

  ClientOutput(PrintStream out) {
    this.out = out;
  }

  /// Writes a message. Line ends between its parts become blanks, in place: there can be none
  /// inside of a JSON string.
  void write(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    writing.lock();
    try {
      out.write(json, 0, json.length);
      out.write('\n');
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /// Writes an error of the proxy itself.
  ///
  /// @param id of the request that failed; empty when it could not be read
  void error(Optional<RequestId> id, ErrorCode code, String text) {
    error(
        id.map(RequestId::toJson).orElse(StrictJson.NODES.nullNode()),
        StrictJson.NODES.objectNode().put("code", code.number()).put("message", text));
  }

  /// Writes an error of the server under the id of the request that it is about.
  void error(RequestId id, JsonNode error) {
    error(id.toJson(), error);
  }

  private void error(JsonNode id, JsonNode error) {
    ObjectNode message = StrictJson.NODES.objectNode().put("jsonrpc", "2.0");
    message.set("id", id);
    message.set("error", error);
    write(JSON.write(message));
  }
}
