package com.quiltdata.mcp.completion;

import com.quiltdata.mcp.auth.Caller;
import java.util.Map;
import java.util.Optional;

/// One question for values.
///
/// @param caller who types
/// @param typed the beginning of the value, perhaps empty
/// @param arguments the other arguments that were chosen before, unchecked
public record CompletionCall(Caller caller, String typed, Map<String, String> arguments) {
  /// Copies the arguments.
  public CompletionCall {
    arguments = Map.copyOf(arguments);
  }

  /// Another argument, if it was chosen.
  ///
  /// @param name of it
  /// @return its value, never the empty text
  public Optional<String> argument(String name) {
    return Optional.ofNullable(arguments.get(name)).filter(text -> !text.isEmpty());
  }
}
