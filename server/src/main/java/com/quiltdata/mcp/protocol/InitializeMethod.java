package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// `initialize`: the opening of the revisions up to 2025-11-25. What was agreed on travels with the
/// client as its session id; on stdio the connection holds it.
///
/// Clients of 2024-11-05 over HTTP are given no id: that revision knew none.
final class InitializeMethod implements Method {
  private final ServerIdentity server;
  private final Capabilities capabilities;
  private final SessionIds sessions;
  private final boolean givesIds;

  InitializeMethod(
      ServerIdentity server, Capabilities capabilities, SessionIds sessions, boolean givesIds) {
    this.server = server;
    this.capabilities = capabilities;
    this.sessions = sessions;
    this.givesIds = givesIds;
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
    ObjectNode result = StrictJson.NODES.objectNode().put("protocolVersion", agreed.wire());
    boolean hasId = call.headers().isPresent() && givesIds && agreed != ProtocolVersion.V2024_11_05;
    result.set(
        "capabilities", capabilities.toJson(agreed, hasId || call.conversation().isPresent()));
    result.set("serverInfo", server.toJson(agreed));
    result.put("instructions", server.instructions());
    Session session =
        sessions.open(
            agreed, ClientCapability.of(call.params().path("capabilities")), call.caller());
    call.conversation().ifPresent(conversation -> conversation.agreeOn(session));
    Result.Tree tree = Result.Tree.of(result);
    return hasId ? new Result.Opening(tree, sessions.id(session)) : tree;
  }

  private boolean isOffered(ProtocolVersion version) {
    return isPartOf(version);
  }
}
