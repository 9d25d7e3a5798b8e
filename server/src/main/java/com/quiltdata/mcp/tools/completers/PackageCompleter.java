package com.quiltdata.mcp.tools.completers;

import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.registry.PackagePage;
import com.quiltdata.mcp.quilt.registry.Registry;
import java.util.Optional;

/// Proposes packages of a registry, in name order.
///
/// @param registry which one
record PackageCompleter(ChosenBucket registry) implements Completer {
  @Override
  public Completion complete(CompletionCall call) {
    return registry
        .in(call)
        .map(reached ->
            completion(
                new Registry(reached.store(), reached.bucket())
                    .packages(call.typed(), Completion.MAX_VALUES, Optional.empty())))
        .orElseGet(Completion::none);
  }

  private static Completion completion(PackagePage page) {
    return Completion.of(
        page.names().stream().map(PackageName::value).toList(), page.next().isPresent());
  }
}
