package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.List;

/// Whether a call may go ahead.
public sealed interface Decision {
  /// It may.
  ///
  /// @param grant what the call may do: its AWS rights are narrowed to that
  record Allowed(Grant grant) implements Decision {}

  /// It may not; the tool must not run.
  ///
  /// @param code why, for programs
  /// @param text why, for people, in the documented words
  /// @param missingActions the AWS actions that the token lacks, in the order of the tool's needs;
  ///   empty when something else is missing
  record Denied(FaultCode code, String text, List<String> missingActions) implements Decision {
    /// Copies the list.
    public Denied {
      missingActions = List.copyOf(missingActions);
    }

    /// A denial that is not about actions.
    Denied(FaultCode code, String text) {
      this(code, text, List.of());
    }

    /// The denial as the failure of a call.
    public Fault fault() {
      return new Fault(code, text);
    }
  }

  /// The documented words for a bucket that the token does not cover.
  ///
  /// @param bucket its name
  static String noAccessTo(String bucket) {
    return "Access denied to bucket " + bucket;
  }
}
