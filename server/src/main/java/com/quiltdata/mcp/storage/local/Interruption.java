package com.quiltdata.mcp.storage.local;

import java.io.InterruptedIOException;

/// Ends long work of a thread that was interrupted.
final class Interruption {
  private Interruption() {}

  /// Leaves the thread's flag as it is.
  ///
  /// @throws InterruptedIOException when the flag is set
  static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
  }
}
