package com.quiltdata.mcp.tools.buckets;

import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tools.CallStorage;
import java.time.InstantSource;
import java.util.List;

/// The group `buckets`.
public final class BucketTools {
  static final String GROUP = "buckets";

  private BucketTools() {}

  /// All tools of the group.
  ///
  /// @param storage where buckets are
  /// @param clock for the end of links
  /// @return the tools
  public static List<Tool> all(CallStorage storage, InstantSource clock) {
    return List.of(
        new BucketListTool(storage),
        new BucketObjectsListTool(storage, clock),
        new BucketObjectInfoTool(storage),
        new BucketObjectTextTool(storage),
        new BucketObjectFetchTool(storage),
        new BucketObjectLinkTool(storage, clock),
        new BucketObjectsPutTool(storage));
  }
}
