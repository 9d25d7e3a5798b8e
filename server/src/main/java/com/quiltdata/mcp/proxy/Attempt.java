package com.quiltdata.mcp.proxy;

import java.time.Duration;

/// How one try to deliver a message went.
sealed interface Attempt {
  /// There is nothing left to do.
  record Done() implements Attempt {}

  /// It failed for good.
  ///
  /// @param text for the client
  record Failed(String text) implements Attempt {}

  /// What was in the way is gone.
  record AtOnce() implements Attempt {}

  /// It can be tried again, for nothing was done or doing it twice does no harm.
  ///
  /// @param text for the client when patience ends
  /// @param pause that the server asked for
  record Later(String text, Duration pause) implements Attempt {}
}
