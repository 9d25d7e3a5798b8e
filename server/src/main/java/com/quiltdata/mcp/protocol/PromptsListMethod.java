package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.prompt.PromptSpec;
import tools.jackson.databind.node.ObjectNode;

/// `prompts/list`.
final class PromptsListMethod implements Method {
  private final PromptCatalog catalog;
  private final RevisionWriter writer;
  private final Pages pages;

  PromptsListMethod(PromptCatalog catalog, RevisionWriter writer, Pages pages) {
    this.catalog = catalog;
    this.writer = writer;
    this.pages = pages;
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
    pages.check(call, name());
  }

  @Override
  public Result answer(Call call) {
    ObjectNode result =
        pages.page(
            call,
            name(),
            "prompts",
            catalog.visibleTo(call.caller()),
            PromptSpec::name,
            spec -> writer.prompt(call.version(), spec));
    return Result.Tree.cached(result, Result.Caching.BY_CALLER);
  }
}
