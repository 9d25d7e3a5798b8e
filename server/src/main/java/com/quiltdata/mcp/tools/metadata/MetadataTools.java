package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.tool.Tool;
import java.time.InstantSource;
import java.util.List;

/// The group `metadata`.
public final class MetadataTools {
  static final String GROUP = "metadata";

  private MetadataTools() {}

  /// All tools of the group.
  ///
  /// @param clock for the date of creation
  /// @return the tools
  public static List<Tool> all(InstantSource clock) {
    return List.of(
        new ListMetadataTemplatesTool(),
        new GetMetadataTemplateTool(clock),
        new ValidateMetadataStructureTool());
  }

  /// All resources of the group.
  ///
  /// @return the resources
  public static List<Resource> resources() {
    return List.of(new MetadataTemplatesResource());
  }
}
