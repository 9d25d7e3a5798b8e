package com.quiltdata.mcp.tools.completers;

import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import java.util.List;
import java.util.Optional;

/// The bucket that another argument of the same call names.
///
/// @param storage where buckets are
/// @param arguments that may name it; the first that does counts
record ChosenBucket(CallStorage storage, List<String> arguments) {
  /// A bucket and what reaches it.
  record Reached(ObjectStore store, BucketName bucket) {}

  /// Looks.
  ///
  /// @return the bucket; empty when none was chosen, or the caller's token does not cover it
  /// @throws Fault when what was chosen is no name of a bucket
  Optional<Reached> in(CompletionCall call) {
    Optional<BucketName> bucket =
        arguments.stream()
            .flatMap(name -> call.argument(name).stream())
            .findFirst()
            .map(BucketName::parse);
    if (bucket.isEmpty()) {
      return Optional.empty();
    }
    CallerReach reach = new CallerReach(storage.of(call.grant()), call.caller());
    return bucket.filter(reach::covers).map(name -> new Reached(reach.store(), name));
  }
}
