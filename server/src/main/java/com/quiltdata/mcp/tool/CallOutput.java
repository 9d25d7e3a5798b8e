package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.fault.Fault;
import java.util.OptionalDouble;

/// What a running call tells its client before the result. Nothing is sent unless the client asked
/// for it, so tools report freely.
public interface CallOutput {
  /// Says nothing.
  CallOutput SILENT =
      new CallOutput() {
        @Override
        public void progress(double done, OptionalDouble total, String message) {
          // nobody asked
        }

        @Override
        public void log(LogLevel level, String message) {
          // nobody asked
        }
      };

  /// Reports progress; values must grow.
  ///
  /// @param done so much, in the tool's own unit
  /// @param total of so much, if known
  /// @param message for people
  void progress(double done, OptionalDouble total, String message);

  /// Sends a log message to the client.
  ///
  /// @param level how grave
  /// @param message no secret, no personal data
  void log(LogLevel level, String message);

  /// Takes memory for a result that will hold many bytes of an object, before they are read; waits
  /// until there is enough.
  ///
  /// @param bytes of the object
  /// @throws Fault when there is none in time
  default void reserve(long bytes) {
    // no bound
  }
}
