package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.LogLevel;

/// `logging/setLevel` of the revisions up to 2025-11-25. Log messages of this level and above
/// travel on the stream of the request that they belong to; without a session there is nothing to
/// keep it by, and the level is `info`.
final class SetLevelMethod implements Method {
  private final SessionNotes notes;

  SetLevelMethod(SessionNotes notes) {
    this.notes = notes;
  }

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
    LogLevel.of(call.params().path("level").stringValue())
        .ifPresent(level -> call.session().ifPresent(session -> notes.setLevel(session, level)));
    return Result.Tree.of(StrictJson.NODES.objectNode());
  }
}
