package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.resource.ResourceSpec;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `resources/list` and `resources/templates/list`.
final class ResourcesListMethod implements Method {
  private final String name;
  private final String member;
  private final Function<Caller, List<ResourceSpec>> visible;
  private final RevisionWriter writer;

  private ResourcesListMethod(
      String name,
      String member,
      Function<Caller, List<ResourceSpec>> visible,
      RevisionWriter writer) {
    this.name = name;
    this.member = member;
    this.visible = visible;
    this.writer = writer;
  }

  static Method ofResources(ResourceCatalog catalog, RevisionWriter writer) {
    return new ResourcesListMethod("resources/list", "resources", catalog::fixedFor, writer);
  }

  static Method ofTemplates(ResourceCatalog catalog, RevisionWriter writer) {
    return new ResourcesListMethod(
        "resources/templates/list", "resourceTemplates", catalog::templatesFor, writer);
  }

  @Override
  public String name() {
    return name;
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
    ArrayNode list = result.putArray(member);
    visible.apply(call.caller()).forEach(spec -> list.add(writer.resource(call.version(), spec)));
    return Result.Tree.cached(result, Result.Caching.BY_CALLER);
  }
}
