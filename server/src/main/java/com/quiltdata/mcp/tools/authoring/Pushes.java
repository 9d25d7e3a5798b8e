package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.push.BaseRevision;
import com.quiltdata.mcp.quilt.push.Push;
import com.quiltdata.mcp.quilt.push.PushOutcome;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.CatalogConfig;
import com.quiltdata.mcp.tools.ProgressRelay;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/// Pushes packages for calls.
///
/// @param storage where registries are
/// @param clock gives the names of pointers
/// @param catalog what results link to
record Pushes(CallStorage storage, InstantSource clock, CatalogConfig catalog) {

  ObjectStore store(Grant grant) {
    return storage.of(grant);
  }

  /// The latest revision of a package, to build on.
  BaseRevision latest(Grant grant, BucketName bucket, PackageName name) {
    return new BaseRevision(bucket, new Registry(store(grant), bucket).latest(name));
  }

  /// The logical keys of a revision that have a number at the end of their names, as files of equal
  /// names get one.
  Set<LogicalKey> numberedKeys(Grant grant, BaseRevision base) {
    Set<LogicalKey> keys = new HashSet<>();
    try (ManifestReader reader = new Registry(store(grant), base.bucket()).open(base.revision())) {
      for (var next = reader.nextEntry(); next.isPresent(); next = reader.nextEntry()) {
        LogicalKey key = next.get().logicalKey();
        if (NewFiles.isNumbered(key)) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  /// Pushes: at once when it is for a look, as a job in earnest.
  ///
  /// @param ending makes the result
  ToolResult run(ToolCall call, PushPlan plan, Function<PushOutcome, ToolResult> ending) {
    if (plan.options().dryRun()) {
      return ending.apply(push(call.grant(), plan, call.output()));
    }
    return new ToolResult.Deferred(
        new Job.Here(false, (_, output) -> ending.apply(push(call.grant(), plan, output))));
  }

  PushOutcome push(Grant grant, PushPlan plan, CallOutput output) {
    CallerReach reach = new CallerReach(store(grant), grant.caller());
    return new Push(reach.store(), plan.bucket(), reach::covers, clock)
        .push(plan.name(), plan.edit(), plan.options(), new ProgressRelay(output));
  }
}
