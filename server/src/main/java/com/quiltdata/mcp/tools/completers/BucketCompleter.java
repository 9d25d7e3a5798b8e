package com.quiltdata.mcp.tools.completers;

import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;

/// Proposes buckets, in the form in which they are typed: `NAME` or `s3://NAME`.
///
/// @param storage where buckets are
record BucketCompleter(CallStorage storage) implements Completer {
  private static final String SCHEME = "s3://";
  private static final String BEGUN_SCHEME = "s3:";

  @Override
  public Completion complete(CompletionCall call) {
    String form = call.typed().startsWith(BEGUN_SCHEME) ? SCHEME : "";
    CallerReach reach = new CallerReach(storage.of(call.grant()), call.caller());
    return Completion.ofAll(
        reach.store().buckets().stream()
            .filter(reach::covers)
            .map(bucket -> form + bucket)
            .filter(text -> text.startsWith(call.typed()))
            .toList());
  }
}
