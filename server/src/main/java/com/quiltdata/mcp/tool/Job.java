package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.input.Input;
import java.util.regex.Pattern;

/// The long part of a call. A client that can follow a task gets one; for any other the call goes
/// on until the job has ended.
public sealed interface Job {
  /// Runs in this process.
  ///
  /// @param needsTask whether it cannot be done within a call
  /// @param step does it
  record Here(boolean needsTask, Step step) implements Job {}

  /// Runs in a service that keeps its state, so that any replica can ask for it with [Tool#look].
  ///
  /// @param handle names it there: 1 to 128 characters of printable ASCII without blanks
  record Elsewhere(String handle) implements Job {
    private static final Pattern HANDLE = Pattern.compile("[!-~]{1,128}");

    /// Checks the form.
    public Elsewhere {
      if (!HANDLE.matcher(handle).matches()) {
        throw new IllegalArgumentException(
            "a handle is 1 to 128 characters of printable ASCII without blanks");
      }
    }
  }

  /// Does a job, in rounds as a tool does: where it asks, it is called again with the answers, and
  /// holds no thread meanwhile.
  @FunctionalInterface
  interface Step {
    /// Does it, on a virtual thread of its own, which is interrupted when the task is cancelled.
    ///
    /// @param input answers to this job's own questions, and what it remembered
    /// @param output for progress
    /// @return how it ended, or what it asks; not another job
    /// @throws com.quiltdata.mcp.fault.Fault when it cannot be completed
    ToolResult run(Input input, CallOutput output);
  }

  /// How a job that runs elsewhere stands.
  sealed interface Standing {
    /// Not at its end.
    ///
    /// @param message for people
    record Running(String message) implements Standing {}

    /// Given up before its end.
    record Cancelled() implements Standing {}

    /// At its end.
    ///
    /// @param result what the call would have returned
    record Ended(ToolResult result) implements Standing {}
  }
}
