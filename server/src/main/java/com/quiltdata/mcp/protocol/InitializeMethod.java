package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// `initialize`: the opening of the revisions up to 2025-11-25. Over HTTP no session is kept: what
/// follows stands alone as well. On stdio the agreed revision holds for what follows.
final class InitializeMethod implements Method {
  private final ServerIdentity server;
  private final Capabilities capabilities;

  InitializeMethod(ServerIdentity server, Capabilities capabilities) {
    this.server = server;
    this.capabilities = capabilities;
  }

  @Override
  public String name() {
    return "initialize";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return !version.isStateless();
  }

  @Override
  public void check(Call call) {
    Params.requireText(call.params(), "protocolVersion");
  }

  @Override
  public Result answer(Call call) {
    ProtocolVersion agreed =
        ProtocolVersion.of(call.params().path("protocolVersion").stringValue())
            .filter(this::isOffered)
            .orElse(ProtocolVersion.NEWEST_INITIALIZED);
    call.conversation().ifPresent(conversation -> conversation.agreeOn(agreed));
    ObjectNode result = StrictJson.NODES.objectNode().put("protocolVersion", agreed.wire());
    result.set("capabilities", capabilities.toJson(agreed));
    result.set("serverInfo", server.toJson(agreed));
    result.put("instructions", server.instructions());
    return Result.Tree.of(result);
  }

  private boolean isOffered(ProtocolVersion version) {
    return isPartOf(version);
  }
}
