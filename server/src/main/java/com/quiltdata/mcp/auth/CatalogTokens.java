package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Accepts plain tokens of the catalog beside those that can be verified here: one that is not
/// accepted here and looks plain is shown to its issuer. Thread-safe.
///
/// The bearer has no level. No claim says which buckets and actions are open to them; AWS decides
/// alone, with the credentials that the issuer gave. An answer is remembered by the token's whole
/// SHA-256: a yes until the token or the credentials end, a no for a minute. A number of them is,
/// and at most eight tokens are shown at once; one that has waited for two seconds is not shown.
/// Where nobody can say whether a token is good, the decision is [Authentication.Unavailable].
public final class CatalogTokens implements Authenticator {
  private static final int AT_ONCE = 8;
  private static final Duration NO = Duration.ofMinutes(1);
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final Authenticator verifier;
  private final TokenIssuer issuer;
  private final InstantSource clock;
  private final int most;
  private final Semaphore gate = new Semaphore(AT_ONCE, true);
  private final Map<TokenDigest, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);

  private record Answer(Optional<Caller.Bearer> bearer, Instant until) {}

  /// An authenticator.
  ///
  /// @param verifier decides first
  /// @param issuer is asked about what the verifier refuses or cannot check
  /// @param clock tells when tokens and credentials end
  public CatalogTokens(Authenticator verifier, TokenIssuer issuer, InstantSource clock) {
    this(verifier, issuer, clock, MemoryLimits.DEFAULT);
  }

  /// An authenticator.
  ///
  /// @param verifier decides first
  /// @param issuer is asked about what the verifier refuses or cannot check
  /// @param clock tells when tokens and credentials end
  /// @param limits how many answers are remembered
  public CatalogTokens(
      Authenticator verifier, TokenIssuer issuer, InstantSource clock, MemoryLimits limits) {
    this.verifier = verifier;
    this.issuer = issuer;
    this.clock = clock;
    this.most = limits.credentials();
  }

  @Override
  public Authentication authenticate(List<String> authorization) {
    Authentication verified = verifier.authenticate(authorization);
    return switch (verified) {
      case Authentication.Known _, Authentication.Missing _ -> verified;
      case Authentication.Rejected(boolean isExpired, _) when isExpired -> verified;
      case Authentication.Rejected _, Authentication.Unavailable _ ->
          BearerHeader.authenticate(authorization, token -> shown(token, verified));
    };
  }

  private Authentication shown(String token, Authentication verified) {
    Optional<PlainToken> plain = PlainToken.of(token);
    if (plain.isEmpty()) {
      return verified;
    }
    if (!clock.instant().isBefore(plain.get().expiresAt())) {
      return new Authentication.Rejected(true, "expired");
    }
    TokenDigest digest = TokenDigest.of(token);
    Optional<Answer> kept = remembered(digest);
    return kept.or(() -> asked(token, digest, plain.get()))
        .map(answer ->
            answer
                .bearer()
                .<Authentication>map(bearer -> new Authentication.Known(bearer, kept.isPresent()))
                .orElseGet(() -> refusedBesides(verified)))
        .orElseGet(() -> new Authentication.Unavailable("the registry did not answer"));
  }

  /// A token that the issuer does not know may still be one of those that are verified here.
  private static Authentication refusedBesides(Authentication verified) {
    return verified instanceof Authentication.Unavailable
        ? verified
        : new Authentication.Rejected(false, "the registry refuses the token");
  }

  private Optional<Answer> remembered(TokenDigest digest) {
    synchronized (answers) {
      return Optional.ofNullable(answers.get(digest))
          .filter(answer -> clock.instant().isBefore(answer.until()));
    }
  }

  /// @return empty when the issuer does not say
  private Optional<Answer> asked(String token, TokenDigest digest, PlainToken plain) {
    try {
      if (!gate.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      try {
        // Whoever waited may find that the same was asked meanwhile.
        return Optional.of(
            remembered(digest)
                .orElseGet(() -> remember(digest, answer(issuer.exchange(token), digest, plain))));
      } finally {
        gate.release();
      }
    } catch (Fault e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Answer answer(Optional<IssuedCredentials> given, TokenDigest digest, PlainToken plain) {
    return given
        .map(issued -> {
          Instant end =
              issued.expiresAt().isBefore(plain.expiresAt())
                  ? issued.expiresAt()
                  : plain.expiresAt();
          return new Answer(
              Optional.of(
                  new Caller.Bearer(
                      plain.subject(),
                      "",
                      Level.NONE,
                      Set.of("*"),
                      new BucketScope(Set.of(), true),
                      Set.of(),
                      "",
                      end,
                      digest,
                      AwsClaims.exchanged(issued.credentials()))),
              end);
        })
        .orElseGet(() -> new Answer(Optional.empty(), clock.instant().plus(NO)));
  }

  private Answer remember(TokenDigest digest, Answer answer) {
    synchronized (answers) {
      answers.put(digest, answer);
      if (answers.size() > most) {
        Instant now = clock.instant();
        answers.values().removeIf(one -> !now.isBefore(one.until()));
      }
      if (answers.size() > most) {
        answers.remove(answers.keySet().iterator().next());
      }
      return answer;
    }
  }

  /// How many answers are remembered.
  int size() {
    synchronized (answers) {
      return answers.size();
    }
  }
}
