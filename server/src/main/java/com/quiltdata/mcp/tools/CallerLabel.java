package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.auth.Caller;

/// The member `auth_type` of results.
public final class CallerLabel {
  private CallerLabel() {}

  /// How the caller of a result was known.
  ///
  /// @param caller who called
  /// @return `jwt` for a token, `local` for the person at this machine
  public static String of(Caller caller) {
    return switch (caller) {
      case Caller.Bearer _ -> "jwt";
      case Caller.Local _ -> "local";
      case Caller.Anonymous _ -> "none";
    };
  }
}
