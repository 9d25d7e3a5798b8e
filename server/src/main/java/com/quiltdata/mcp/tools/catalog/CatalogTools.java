package com.quiltdata.mcp.tools.catalog;

import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tools.CatalogConfig;
import java.util.List;

/// The group `catalog`.
public final class CatalogTools {
  static final String GROUP = "catalog";

  private CatalogTools() {}

  /// All tools of the group.
  ///
  /// @param config the catalog
  /// @return the tools
  public static List<Tool> all(CatalogConfig config) {
    return List.of(new CatalogUrlTool(config), new CatalogUriTool(config));
  }

  /// All resources of the group.
  ///
  /// @param config the catalog
  /// @return the resources
  public static List<Resource> resources(CatalogConfig config) {
    return List.of(new CatalogInfoResource(config));
  }
}
