package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CatalogConfig;
import java.time.InstantSource;
import java.util.List;

/// The part of the group `authoring` that makes packages of folders.
public final class FolderTools {
  static final String GROUP = "authoring";

  private FolderTools() {}

  /// All tools of this part.
  ///
  /// @param storage where buckets are
  /// @param clock for dates
  /// @param catalog what results link to
  /// @return the tools
  public static List<Tool> all(CallStorage storage, InstantSource clock, CatalogConfig catalog) {
    return List.of(new PackageCreateFromS3Tool(storage, clock, catalog));
  }
}
