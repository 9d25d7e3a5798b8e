package com.quiltdata.mcp.completion;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import java.util.Map;
import java.util.Optional;

/// One question for values.
///
/// @param grant what the call may do; nothing before the check of its rights
/// @param typed the beginning of the value, perhaps empty
/// @param arguments the other arguments that were chosen before, unchecked
public record CompletionCall(Grant grant, String typed, Map<String, String> arguments) {
  /// Copies the arguments.
  public CompletionCall {
    arguments = Map.copyOf(arguments);
  }

  /// A question whose rights were not checked yet.
  ///
  /// @param caller who types
  /// @param typed the beginning of the value, perhaps empty
  /// @param arguments the other arguments that were chosen before, unchecked
  public CompletionCall(Caller caller, String typed, Map<String, String> arguments) {
    this(Grant.least(caller), typed, arguments);
  }

  /// The same question after the check of its rights.
  ///
  /// @param found what it may do
  /// @return the question
  public CompletionCall granted(Grant found) {
    return new CompletionCall(found, typed, arguments);
  }

  /// Who types.
  public Caller caller() {
    return grant.caller();
  }

  /// Another argument, if it was chosen.
  ///
  /// @param name of it
  /// @return its value, never the empty text
  public Optional<String> argument(String name) {
    return Optional.ofNullable(arguments.get(name)).filter(text -> !text.isEmpty());
  }
}
