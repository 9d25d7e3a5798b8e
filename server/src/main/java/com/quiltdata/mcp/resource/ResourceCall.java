package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.input.Input;
import java.util.Map;

/// One read of a resource.
///
/// @param caller who reads
/// @param uri as it was asked for
/// @param variables what the template's variables stand for, percent-decoded; empty for a fixed URI
/// @param input what the client can be asked and what it has answered
public record ResourceCall(Caller caller, String uri, Map<String, String> variables, Input input) {
  /// Copies the variables.
  public ResourceCall {
    variables = Map.copyOf(variables);
  }
}
