package com.quiltdata.mcp.auth;

import java.time.Instant;

/// A token that passed every check, without the token.
///
/// @param caller its bearer
/// @param times when it may be used
/// @param key what its signature was checked with
record VerifiedToken(Caller.Bearer caller, TokenTimes times, VerifyingKey key) {
  /// The bearer, if the token may be used now.
  Authentication at(Instant now) {
    try {
      times.requireStarted(now);
      times.requireNotExpired(now);
      return new Authentication.Known(caller);
    } catch (RefusedToken refused) {
      return refused.decision();
    }
  }
}
