package com.quiltdata.mcp.auth;

/// What the `Authorization` headers of a request amount to.
public sealed interface Authentication {
  /// A caller is known.
  ///
  /// @param caller who
  /// @param isRemembered whether that was decided at an earlier request
  record Known(Caller caller, boolean isRemembered) implements Authentication {
    /// A caller who was not known before.
    Known(Caller caller) {
      this(caller, false);
    }
  }

  /// No usable `Authorization: Bearer` header was sent.
  record Missing() implements Authentication {}

  /// A token was sent and is not accepted.
  ///
  /// @param isExpired whether expiry is the only thing wrong with it
  /// @param logReason which check failed; for the log, never for the client
  record Rejected(boolean isExpired, String logReason) implements Authentication {}

  /// A token was sent and cannot be checked now: the keys are not known. It may be good.
  ///
  /// @param logReason what is missing; for the log, never for the client
  record Unavailable(String logReason) implements Authentication {}
}
