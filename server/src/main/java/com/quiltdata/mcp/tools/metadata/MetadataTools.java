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
  /// @param clock for dates of creation
  /// @return the tools
  public static List<Tool> all(InstantSource clock) {
    return List.of(
        new ListMetadataTemplatesTool(),
        new GetMetadataTemplateTool(clock),
        new ValidateMetadataStructureTool(clock));
  }

  /// All resources of the group, which a server for many users does not offer: its tools say the
  /// same.
  ///
  /// @return the resources
  public static List<Resource> resources() {
    return List.of(new TemplatesResource(), new ExamplesResource(), new TroubleshootingResource());
  }
}
