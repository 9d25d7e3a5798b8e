package com.quiltdata.mcp.command;

/// The server cannot start, for a reason that is not in the settings themselves.
final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
