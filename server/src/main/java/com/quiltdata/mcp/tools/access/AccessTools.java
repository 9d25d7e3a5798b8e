package com.quiltdata.mcp.tools.access;

import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.tool.CallCheck;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolSpec;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The group `access`.
public final class AccessTools {
  static final String GROUP = "access";

  /// What whoami says of itself.
  public static final ToolSpec WHOAMI = WhoamiTool.SPEC;

  private AccessTools() {}

  /// All tools of the group.
  ///
  /// @param resources what get_resource reads
  /// @param clock for timestamps
  /// @return the tools but whoami
  public static List<Tool> all(ResourceCatalog resources, InstantSource clock) {
    return List.of(new GetResourceTool(resources, clock));
  }

  /// The tool that explains calls of all tools, its own as well.
  ///
  /// @param check that all calls go through, made of all definitions with [#WHOAMI]
  /// @param rights with which they go to AWS
  /// @return the tool
  public static Tool whoami(CallCheck check, AwsRights.Lookup rights) {
    return new WhoamiTool(check, rights);
  }

  /// All resources of the group.
  ///
  /// @param catalog address of the catalog, if there is one
  /// @param folders of this host
  /// @param rights with which calls go to AWS
  /// @return the resources
  public static List<Resource> resources(
      Optional<URI> catalog, HostFolders folders, AwsRights.Lookup rights) {
    return List.of(new AuthStatusResource(catalog, rights), new FilesystemStatusResource(folders));
  }
}
