package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CatalogConfig;
import java.time.InstantSource;
import java.util.List;

/// The group `authoring`.
public final class AuthoringTools {
  static final String GROUP = "authoring";

  private AuthoringTools() {}

  /// All tools of the group.
  ///
  /// @param storage where registries are
  /// @param clock for the names of pointers
  /// @param catalog what results link to
  /// @return the tools
  public static List<Tool> all(CallStorage storage, InstantSource clock, CatalogConfig catalog) {
    Pushes pushes = new Pushes(storage, clock, catalog);
    return List.of(
        new PackageCreateTool(pushes),
        new PackageUpdateTool(pushes),
        new PackageUpdateMetadataTool(pushes),
        new PackageDeleteTool(storage),
        new PackageRollbackTool(storage, catalog),
        new PackageTagTool(storage));
  }
}
