package com.quiltdata.mcp.json;

/// A text is not JSON, or not JSON within the limits. The message names the rule, never the input.
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A text that breaks a rule.
  ///
  /// @param rule what was broken, fit for the sender's eyes
  public MalformedJsonException(String rule) {
    super(rule);
  }
}
