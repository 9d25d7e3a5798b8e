package com.quiltdata.mcp.auth;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// When a token may be used, RFC 7519 section 4.1.
///
/// @param notBefore the later of `nbf` and `iat`, [Instant#MIN] without both
/// @param expiresAt `exp`
/// @param leeway how far the clock that wrote them may differ from ours
record TokenTimes(Instant notBefore, Instant expiresAt, Duration leeway) {
  /// The end of the year 9999: later times mean this one.
  private static final double MAX_SECONDS = 253_402_300_799.0;

  /// Reads the claims; asks no clock.
  ///
  /// @throws RefusedToken when `exp` is missing or one of them is not a number
  static TokenTimes of(JsonNode payload, Duration leeway) {
    if (!payload.has("exp")) {
      throw RefusedToken.because("exp is missing");
    }
    Instant issuedAt = payload.has("iat") ? instant(payload, "iat") : Instant.MIN;
    Instant notBefore = payload.has("nbf") ? instant(payload, "nbf") : Instant.MIN;
    return new TokenTimes(
        issuedAt.isAfter(notBefore) ? issuedAt : notBefore, instant(payload, "exp"), leeway);
  }

  /// Checks that the token's time has come.
  ///
  /// @throws RefusedToken when it has not
  void requireStarted(Instant now) {
    if (notBefore.isAfter(now.plus(leeway))) {
      throw RefusedToken.because("nbf or iat is in the future");
    }
  }

  /// Checks that the token's time is not over: the first instant after `exp` plus leeway is too
  /// late, and that instant itself is.
  ///
  /// @throws RefusedToken when it is
  void requireNotExpired(Instant now) {
    if (!now.isBefore(expiresAt.plus(leeway))) {
      throw RefusedToken.expired();
    }
  }

  private static Instant instant(JsonNode payload, String claim) {
    JsonNode value = payload.path(claim);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw RefusedToken.because(claim + " is not a number");
    }
    double seconds = Math.clamp(value.doubleValue(), -MAX_SECONDS, MAX_SECONDS);
    double whole = Math.floor(seconds);
    return Instant.ofEpochSecond((long) whole, (long) ((seconds - whole) * 1e9));
  }
}
