package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.completers.StorageCompleters;
import java.util.List;

/// All prompts.
public final class QuiltPrompts {
  private QuiltPrompts() {}

  /// All prompts.
  ///
  /// @param storage where buckets are
  /// @param tools that they speak of
  /// @return the prompts
  public static List<Prompt> all(CallStorage storage, ToolCatalog tools) {
    PromptArguments arguments = new PromptArguments(new StorageCompleters(storage));
    return List.of(
        new CheckPackagePrompt(storage, tools, arguments),
        new CompareRevisionsPrompt(storage, tools, arguments),
        new CreatePackagePrompt(storage, tools, arguments),
        new DocumentPackagePrompt(storage, tools, arguments),
        new ExploreBucketPrompt(storage, tools, arguments),
        new FindDataPrompt(storage, tools, arguments));
  }
}
