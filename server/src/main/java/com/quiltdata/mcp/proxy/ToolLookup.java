package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.MetaKeys;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks the server for its tools when the client calls one that no list has named yet. Thread-safe.
final class ToolLookup {
  private static final int MAX_PAGES = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final ToolHeaders tools;
  private final OwnRequests requests;

  ToolLookup(ToolHeaders tools, OwnRequests requests) {
    this.tools = tools;
    this.requests = requests;
  }

  /// Makes sure that a tool is known, if it can be.
  ///
  /// @param call parameters of `tools/call`, whose `_meta` is repeated
  void require(ObjectNode call) throws InterruptedException {
    String tool = call.path("name").asString("");
    if (tools.knows(tool)) {
      return;
    }
    lock.lockInterruptibly();
    try {
      if (!tools.knows(tool)) {
        refresh(call);
        tools.learnMissing(tool);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Reads the list of tools again.
  ///
  /// @param call parameters of `tools/call`, whose `_meta` is repeated
  void refresh(ObjectNode call) throws InterruptedException {
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      ObjectNode params = StrictJson.NODES.objectNode();
      cursor.ifPresent(value -> params.put("cursor", value));
      if (call.path("_meta") instanceof ObjectNode meta) {
        ObjectNode copy = meta.deepCopy();
        copy.remove(MetaKeys.PROGRESS_TOKEN);
        params.set("_meta", copy);
      }
      Optional<OwnRequests.Answer> answer = requests.ask(Outgoing.TOOLS_LIST, params);
      answer.map(OwnRequests.Answer::result).ifPresent(tools::learn);
      cursor =
          answer
              .map(found -> found.result().path("nextCursor"))
              .filter(JsonNode::isString)
              .map(JsonNode::stringValue);
      if (cursor.isEmpty()) {
        return;
      }
    }
  }
}
