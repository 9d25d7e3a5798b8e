package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.input.Input;
import java.util.Map;

/// One read of a resource.
///
/// @param grant what the read may do
/// @param uri as it was asked for
/// @param variables what the template's variables stand for, percent-decoded; empty for a fixed URI
/// @param input what the client can be asked and what it has answered
public record ResourceCall(Grant grant, String uri, Map<String, String> variables, Input input) {
  /// Copies the variables.
  public ResourceCall {
    variables = Map.copyOf(variables);
  }

  /// Who reads.
  public Caller caller() {
    return grant.caller();
  }
}
