package com.quiltdata.mcp.task;

import java.util.Locale;

/// Where a task stands.
enum TaskStatus {
  /// At work.
  WORKING,
  /// Waiting for answers of the client.
  INPUT_REQUIRED,
  /// Ended with a result, which may say that the tool failed.
  COMPLETED,
  /// Ended without a result.
  FAILED,
  /// Given up by the client.
  CANCELLED;

  boolean isTerminal() {
    return switch (this) {
      case WORKING, INPUT_REQUIRED -> false;
      case COMPLETED, FAILED, CANCELLED -> true;
    };
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
