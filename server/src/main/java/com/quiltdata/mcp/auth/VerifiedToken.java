package com.quiltdata.mcp.auth;

import java.time.Instant;

/// A token that passed every check, without the token.
///
/// @param caller its bearer
/// @param times when it may be used
/// @param key what its signature was checked with
record VerifiedToken(Caller.Bearer caller, TokenTimes times, VerifyingKey key) {
  /// The bearer, if the token may be used now, right after it was verified.
  Authentication at(Instant now) {
    return at(now, false);
  }

  /// The bearer, if the token may be used now.
  ///
  /// @param isRemembered whether it was verified at an earlier request
  Authentication at(Instant now, boolean isRemembered) {
    try {
      times.requireStarted(now);
      times.requireNotExpired(now);
      return new Authentication.Known(caller, isRemembered);
    } catch (RefusedToken refused) {
      return refused.decision();
    }
  }
}
