package com.quiltdata.mcp.auth;

/// A token failed a check. Stays inside this package: callers get an [Authentication.Rejected].
///
/// The reason names the rule and holds nothing of the token.
final class RefusedToken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isExpired;

  private RefusedToken(String reason, boolean isExpired) {
    // Without a stack trace: forged tokens come in floods, and the reason says all.
    super(reason, null, false, false);
    this.isExpired = isExpired;
  }

  static RefusedToken because(String reason) {
    return new RefusedToken(reason, false);
  }

  static RefusedToken expired() {
    return new RefusedToken("expired", true);
  }

  Authentication.Rejected rejection() {
    return new Authentication.Rejected(isExpired, String.valueOf(getMessage()));
  }
}
