package com.quiltdata.mcp.tools.access;

import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.tool.Tool;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The group `access`.
public final class AccessTools {
  static final String GROUP = "access";

  private AccessTools() {}

  /// All tools of the group.
  ///
  /// @param resources what get_resource reads
  /// @param clock for timestamps
  /// @return the tools
  public static List<Tool> all(ResourceCatalog resources, InstantSource clock) {
    return List.of(new GetResourceTool(resources, clock));
  }

  /// All resources of the group.
  ///
  /// @param catalog address of the catalog, if there is one
  /// @param folders of this host
  /// @return the resources
  public static List<Resource> resources(Optional<URI> catalog, HostFolders folders) {
    return List.of(new AuthStatusResource(catalog), new FilesystemStatusResource(folders));
  }
}
