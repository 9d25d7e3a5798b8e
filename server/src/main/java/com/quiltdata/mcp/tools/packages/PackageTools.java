package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tools.CallStorage;
import java.util.List;

/// The group `packages`.
public final class PackageTools {
  static final String GROUP = "packages";

  private PackageTools() {}

  /// All tools of the group.
  ///
  /// @param storage where registries are
  /// @return the tools
  public static List<Tool> all(CallStorage storage) {
    return List.of(
        new PackagesListTool(storage),
        new PackageBrowseTool(storage),
        new PackageDiffTool(storage),
        new PackageContentsSearchTool(storage),
        new PackageValidateTool(storage));
  }
}
