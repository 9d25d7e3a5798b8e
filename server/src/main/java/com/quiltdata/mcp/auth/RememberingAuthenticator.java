package com.quiltdata.mcp.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Spares tokens that were verified before the work of verifying them again. Thread-safe; a
/// remembered token costs one SHA-256 and no lock.
///
/// A token is found by its whole SHA-256. On every request its times are compared with the clock,
/// and the key that verified it must still be one that the verifier trusts. A number of them is
/// remembered; refused ones are not.
public final class RememberingAuthenticator implements Authenticator {
  private final TokenCheck verifier;
  private final InstantSource clock;
  private final int most;
  private final Map<TokenDigest, VerifiedToken> known = new ConcurrentHashMap<>();
  private final ReentrantLock making = new ReentrantLock();

  /// Remembers what a verifier accepts.
  ///
  /// @param verifier decides on tokens that are not known
  /// @param clock the verifier's clock
  public RememberingAuthenticator(TokenVerifier verifier, InstantSource clock) {
    this(verifier, clock, MemoryLimits.DEFAULT);
  }

  /// Remembers what a verifier accepts.
  ///
  /// @param verifier decides on tokens that are not known
  /// @param clock the verifier's clock
  /// @param limits how many are remembered
  public RememberingAuthenticator(
      TokenVerifier verifier, InstantSource clock, MemoryLimits limits) {
    this((TokenCheck) verifier, clock, limits);
  }

  /// Remembers what one of two issuers accepts.
  ///
  /// @param issuers decide on tokens that are not known
  /// @param clock the clock of both
  /// @param limits how many are remembered
  public RememberingAuthenticator(KnownIssuers issuers, InstantSource clock, MemoryLimits limits) {
    this((TokenCheck) issuers, clock, limits);
  }

  private RememberingAuthenticator(TokenCheck verifier, InstantSource clock, MemoryLimits limits) {
    this.verifier = verifier;
    this.clock = clock;
    this.most = limits.tokens();
  }

  @Override
  public Authentication authenticate(List<String> authorization) {
    return BearerHeader.authenticate(
        authorization,
        token -> {
          TokenDigest digest = TokenDigest.of(token);
          VerifiedToken remembered = known.get(digest);
          if (remembered == null) {
            return verify(token, digest);
          }
          if (!verifier.trusts(remembered.key())) {
            known.remove(digest, remembered);
            return verify(token, digest);
          }
          return remembered.at(clock.instant(), true);
        });
  }

  private Authentication verify(String token, TokenDigest digest) {
    try {
      VerifiedToken verified = verifier.verify(token, digest);
      Instant now = clock.instant();
      Authentication decision = verified.at(now);
      if (decision instanceof Authentication.Known) {
        remember(digest, verified, now);
      }
      return decision;
    } catch (RefusedToken refused) {
      return refused.decision();
    }
  }

  private void remember(TokenDigest digest, VerifiedToken verified, Instant now) {
    making.lock();
    try {
      if (known.size() >= most) {
        makeRoom(now);
      }
      known.put(digest, verified);
    } finally {
      making.unlock();
    }
  }

  private void makeRoom(Instant now) {
    known.values().removeIf(token -> !(token.at(now) instanceof Authentication.Known));
    if (known.size() >= most) {
      known.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().times().expiresAt()))
          .ifPresent(entry -> known.remove(entry.getKey()));
    }
  }

  /// How many tokens are remembered.
  int size() {
    return known.size();
  }
}
