package com.quiltdata.mcp.upstream;

/// A service gave no answer that can be used. The text says why, without addresses.
public final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String reason) {
    super(reason, null, false, false);
  }

  /// Why, in a few words.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
