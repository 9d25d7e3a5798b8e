package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.ResourceCatalog;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `resources/list`.
final class ResourcesListMethod implements Method {
  private final ResourceCatalog catalog;
  private final RevisionWriter writer;

  ResourcesListMethod(ResourceCatalog catalog, RevisionWriter writer) {
    this.catalog = catalog;
    this.writer = writer;
  }

  @Override
  public String name() {
    return "resources/list";
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
    ArrayNode list = result.putArray("resources");
    catalog
        .fixedFor(call.caller())
        .forEach(spec -> list.add(writer.resource(call.version(), spec)));
    return Result.Tree.cached(result, Result.Caching.BY_CALLER);
  }
}
