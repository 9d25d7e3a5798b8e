package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.input.InputRequired;

/// How one round of a handler ended.
sealed interface Turn {
  /// With the result.
  record Done(Result result) implements Turn {}

  /// It asks, and wants to be called again.
  record Asks(InputRequired input) implements Turn {}
}
