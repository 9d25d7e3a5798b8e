package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;

/// `ping`: is anybody there? Gone in 2026-07-28.
final class PingMethod implements Method {
  @Override
  public String name() {
    return "ping";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return !version.isStateless();
  }

  @Override
  public void check(Call call) {
    // takes no parameters
  }

  @Override
  public Result answer(Call call) {
    return Result.Tree.of(StrictJson.NODES.objectNode());
  }
}
