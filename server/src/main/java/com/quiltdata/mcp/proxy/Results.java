package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// Learns from results that pass by what later requests need.
final class Results {
  private final Handshake handshake;
  private final ToolHeaders tools;
  private final StrictJson json;

  Results(Handshake handshake, ToolHeaders tools, StrictJson json) {
    this.handshake = handshake;
    this.tools = tools;
    this.json = json;
  }

  /// Looks at a message before the client gets it.
  void learn(Outgoing asked, byte[] message, HttpResponse<?> answer) {
    boolean isStateless = asked.statelessVersion().isPresent();
    if (isStateless && asked.isA(Outgoing.TOOLS_LIST)) {
      tools.learn(result(message));
    } else if (!isStateless && asked.isA(Outgoing.INITIALIZE)) {
      handshake.agree(result(message), answer.headers().firstValue(OwnRequests.SESSION));
    }
  }

  private JsonNode result(byte[] message) {
    try {
      return json.read(message).path("result");
    } catch (MalformedJsonException _) {
      return StrictJson.NODES.missingNode();
    }
  }
}
