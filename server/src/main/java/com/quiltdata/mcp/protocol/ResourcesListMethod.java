package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.resource.ResourceSpec;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// `resources/list` and `resources/templates/list`.
final class ResourcesListMethod implements Method {
  private final String name;
  private final String member;
  private final Function<Caller, List<ResourceSpec>> visible;
  private final RevisionWriter writer;
  private final Pages pages;

  private ResourcesListMethod(
      String name,
      String member,
      Function<Caller, List<ResourceSpec>> visible,
      RevisionWriter writer,
      Pages pages) {
    this.name = name;
    this.member = member;
    this.visible = visible;
    this.writer = writer;
    this.pages = pages;
  }

  static Method ofResources(ResourceCatalog catalog, RevisionWriter writer, Pages pages) {
    return new ResourcesListMethod("resources/list", "resources", catalog::fixedFor, writer, pages);
  }

  static Method ofTemplates(ResourceCatalog catalog, RevisionWriter writer, Pages pages) {
    return new ResourcesListMethod(
        "resources/templates/list", "resourceTemplates", catalog::templatesFor, writer, pages);
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
    pages.check(call, name);
  }

  @Override
  public Result answer(Call call) {
    ObjectNode result =
        pages.page(
            call,
            name,
            member,
            visible.apply(call.caller()),
            spec -> spec.address().text(),
            spec -> writer.resource(call.version(), spec));
    return Result.Tree.cached(result, Result.Caching.BY_CALLER);
  }
}
