package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.input.Input;
import java.util.Map;
import java.util.Optional;

/// One request for a prompt, after all checks.
///
/// @param grant what the request may do
/// @param arguments the ones that were given, without empty ones
/// @param requestId names the request in logs
/// @param input what the client can be asked and what it has answered
public record PromptCall(
    Grant grant, Map<String, String> arguments, String requestId, Input input) {
  /// Copies the arguments.
  public PromptCall {
    arguments = Map.copyOf(arguments);
  }

  /// Who asks.
  public Caller caller() {
    return grant.caller();
  }

  /// An argument that is required.
  ///
  /// @param name of the argument
  /// @return its value
  public String text(String name) {
    return textIfGiven(name)
        .orElseThrow(() -> new IllegalStateException("the prompt does not require " + name));
  }

  /// An argument that may be absent.
  ///
  /// @param name of the argument
  /// @return its value
  public Optional<String> textIfGiven(String name) {
    return Optional.ofNullable(arguments.get(name));
  }
}
