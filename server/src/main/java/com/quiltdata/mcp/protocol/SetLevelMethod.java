package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.LogLevel;

/// `logging/setLevel` of the revisions up to 2025-11-25. It is taken, and nothing is kept: log
/// messages of level `info` and above travel on the stream of the request that they belong to.
final class SetLevelMethod implements Method {
  @Override
  public String name() {
    return "logging/setLevel";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return !version.isStateless();
  }

  @Override
  public void check(Call call) {
    String level = Params.requireText(call.params(), "level");
    if (LogLevel.of(level).isEmpty()) {
      throw new RpcException(
          ErrorCode.INVALID_PARAMS,
          "params.level must be one of debug, info, notice, warning, error, critical, alert, emergency");
    }
  }

  @Override
  public Result answer(Call call) {
    return Result.Tree.of(StrictJson.NODES.objectNode());
  }
}
