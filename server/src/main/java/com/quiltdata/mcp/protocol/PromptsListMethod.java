package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.prompt.PromptCatalog;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `prompts/list`.
final class PromptsListMethod implements Method {
  private final PromptCatalog catalog;
  private final RevisionWriter writer;

  PromptsListMethod(PromptCatalog catalog, RevisionWriter writer) {
    this.catalog = catalog;
    this.writer = writer;
  }

  @Override
  public String name() {
    return "prompts/list";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return true;
  }

  @Override
  public void check(Call call) {
    Params.refuseCursor(call.params());
  }

  @Override
  public Result answer(Call call) {
    ObjectNode result = StrictJson.NODES.objectNode();
    ArrayNode list = result.putArray("prompts");
    catalog.visibleTo(call.caller()).forEach(spec -> list.add(writer.prompt(call.version(), spec)));
    return Result.Tree.cached(result, Result.Caching.BY_CALLER);
  }
}
