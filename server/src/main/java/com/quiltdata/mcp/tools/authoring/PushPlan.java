package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.quilt.push.PushOptions;
import com.quiltdata.mcp.storage.BucketName;
import java.util.List;

/// What a call wants pushed.
///
/// @param bucket the registry
/// @param name the package
/// @param edit what the revision is
/// @param options how
/// @param warnings sentences for the caller that are known before the push
record PushPlan(
    BucketName bucket,
    PackageName name,
    PackageEdit edit,
    PushOptions options,
    List<String> warnings) {
  PushPlan {
    warnings = List.copyOf(warnings);
  }
}
