package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;

/// Turns what the file system reports into faults that name no path of the host.
final class FileFaults {
  private FileFaults() {}

  /// Runs an action on files.
  ///
  /// @param subject what it is about, for the caller
  /// @throws Fault [FaultCode#CANCELLED] when the thread was interrupted, which it stays, else
  ///   [FaultCode#UPSTREAM_UNAVAILABLE] when the file system fails
  static <T> T translate(String subject, Action<T> action) {
    try {
      return action.run();
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was cancelled", e);
    } catch (IOException | UncheckedIOException e) {
      throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "The local storage failed at " + subject, e);
    }
  }

  /// What may fail.
  interface Action<T> {
    T run() throws IOException;
  }
}
