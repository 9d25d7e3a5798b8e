package com.quiltdata.mcp.completion;

import com.quiltdata.mcp.fault.Fault;

/// Proposes values for one argument. Thread-safe.
///
/// It is asked while somebody types, so it reads little. It proposes nothing that the caller could
/// not list with a tool.
@FunctionalInterface
public interface Completer {
  /// Proposes values.
  ///
  /// @param call what was typed, by whom
  /// @return values that begin with it, the likely ones first
  /// @throws Fault when they cannot be read; the client is then told none
  Completion complete(CompletionCall call);
}
