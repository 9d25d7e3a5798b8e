package com.quiltdata.mcp.observe;

import java.util.logging.LogManager;

/// Keeps the log open while the process ends. The JDK's own closes it as soon as a signal comes, at
/// the same time as the requests in work finish, and their events would be lost.
///
/// Public because the JDK makes it, by the name in the property `java.util.logging.manager`.
public final class LogsToTheEnd extends LogManager {
  private volatile boolean isKept;

  /// Made by the JDK.
  public LogsToTheEnd() {}

  void keep() {
    isKept = true;
  }

  @Override
  public void reset() {
    if (!isKept) {
      super.reset();
    }
  }
}
