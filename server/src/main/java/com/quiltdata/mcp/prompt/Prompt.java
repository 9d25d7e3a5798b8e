package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.fault.Fault;

/// One prompt that people can choose. Thread-safe.
public interface Prompt {
  /// What clients are told of it; always the same.
  PromptSpec spec();

  /// Makes its messages. Runs on a virtual thread of its own, which is interrupted when the request
  /// is cancelled or out of time.
  ///
  /// @param call checked arguments and the caller, who has the rights that the spec declares
  /// @return the messages
  /// @throws Fault when there is nothing to talk about, for example no such package
  PromptResult get(PromptCall call);
}
