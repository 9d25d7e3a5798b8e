package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.auth.Caller;

/// The member `auth_type` of results.
public final class CallerLabel {
  private CallerLabel() {}

  /// Whose rights a call was made with.
  ///
  /// @param caller who called
  /// @return `jwt` for those of a token, `iam` for those of the person at this machine
  public static String of(Caller caller) {
    return switch (caller) {
      case Caller.Bearer _ -> "jwt";
      case Caller.Local _ -> "iam";
      case Caller.Anonymous _ -> "none";
    };
  }
}
