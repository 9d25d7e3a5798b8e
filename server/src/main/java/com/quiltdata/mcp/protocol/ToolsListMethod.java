package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tools/list`. The answer is written once for each revision and set of visible tools, and sent as
/// it is after that.
final class ToolsListMethod implements Method {
  private record Edition(ProtocolVersion version, List<String> names) {}

  private final ToolCatalog catalog;
  private final RevisionWriter writer;
  private final Pages pages;
  private final Map<Edition, Result.Prepared> editions = new ConcurrentHashMap<>();

  ToolsListMethod(ToolCatalog catalog, RevisionWriter writer, Pages pages) {
    this.catalog = catalog;
    this.writer = writer;
    this.pages = pages;
  }

  @Override
  public String name() {
    return "tools/list";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return true;
  }

  @Override
  public void check(Call call) {
    pages.check(call, name());
  }

  @Override
  public Result answer(Call call) {
    List<ToolSpec> visible = catalog.visibleTo(call.caller());
    Edition edition = new Edition(call.version(), visible.stream().map(ToolSpec::name).toList());
    return editions.computeIfAbsent(edition, key -> prepare(key.version(), visible));
  }

  private Result.Prepared prepare(ProtocolVersion version, List<ToolSpec> visible) {
    ObjectNode result = StrictJson.NODES.objectNode();
    ArrayNode list = result.putArray("tools");
    visible.forEach(spec -> list.add(writer.tool(version, spec)));
    return new Result.Prepared(
        writer.members(version, Result.Tree.cached(result, Result.Caching.BY_CALLER)));
  }
}
