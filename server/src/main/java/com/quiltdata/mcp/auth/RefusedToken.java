package com.quiltdata.mcp.auth;

/// A token failed a check, or none could be made. Stays inside this package: callers get an
/// [Authentication.Rejected] or an [Authentication.Unavailable].
///
/// The reason names the rule and holds nothing of the token.
final class RefusedToken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    WRONG,
    EXPIRED,
    UNCHECKED
  }

  private final Kind kind;

  private RefusedToken(String reason, Kind kind) {
    // Without a stack trace: forged tokens come in floods, and the reason says all.
    super(reason, null, false, false);
    this.kind = kind;
  }

  static RefusedToken because(String reason) {
    return new RefusedToken(reason, Kind.WRONG);
  }

  static RefusedToken expired() {
    return new RefusedToken("expired", Kind.EXPIRED);
  }

  /// Nothing is known to be wrong with the token.
  static RefusedToken unchecked(String reason) {
    return new RefusedToken(reason, Kind.UNCHECKED);
  }

  Authentication decision() {
    String reason = String.valueOf(getMessage());
    return switch (kind) {
      case WRONG -> new Authentication.Rejected(false, reason);
      case EXPIRED -> new Authentication.Rejected(true, reason);
      case UNCHECKED -> new Authentication.Unavailable(reason);
    };
  }
}
