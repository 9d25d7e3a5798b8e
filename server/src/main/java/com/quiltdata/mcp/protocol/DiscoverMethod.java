package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// `server/discover`: what a client needs to know before its first request (MCP 2026-07-28,
/// server/discover).
final class DiscoverMethod implements Method {
  private final ServerIdentity server;
  private final Capabilities capabilities;

  DiscoverMethod(ServerIdentity server, Capabilities capabilities) {
    this.server = server;
    this.capabilities = capabilities;
  }

  @Override
  public String name() {
    return "server/discover";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return version.isStateless();
  }

  @Override
  public void check(Call call) {
    // takes no parameters of its own
  }

  @Override
  public Result answer(Call call) {
    ObjectNode result = StrictJson.NODES.objectNode();
    ProtocolVersion.statelessNames().forEach(result.putArray("supportedVersions")::add);
    result.set("capabilities", capabilities.toJson(call.version(), true));
    result.put("instructions", server.instructions());
    result.putObject("_meta").put(MetaKeys.SERVER_BUILD, server.build());
    return Result.Tree.cached(result, Result.Caching.FIXED);
  }
}
