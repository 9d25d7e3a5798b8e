package com.quiltdata.mcp.deploy.release;

/// What preflight says of one thing.
///
/// @param kind how bad it is
/// @param what was looked at, `target group` for example
/// @param text what was found
/// @param fix what to do; empty when all is well
public record Finding(Kind kind, String what, String text, String fix) {
  /// Said of another deployment: who waits for it or replaces it, need not begin now.
  static final String UNDER_WAY = "deployment under way";

  /// How bad it is.
  public enum Kind {
    /// As it should be.
    OK,
    /// It could not be looked at.
    UNKNOWN,
    /// It works, but not well.
    WARNING,
    /// A release cannot work.
    ERROR
  }

  static Finding ok(String what, String text) {
    return new Finding(Kind.OK, what, text, "");
  }

  static Finding unknown(String what, String text) {
    return new Finding(Kind.UNKNOWN, what, text, "");
  }

  static Finding warning(String what, String text, String fix) {
    return new Finding(Kind.WARNING, what, text, fix);
  }

  /// The same, judged by somebody who wants no warnings.
  Finding strict() {
    return kind == Kind.WARNING && !what.equals(UNDER_WAY) ? error(what, text, fix) : this;
  }

  static Finding error(String what, String text, String fix) {
    return new Finding(Kind.ERROR, what, text, fix);
  }
}
