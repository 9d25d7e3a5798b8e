package com.quiltdata.mcp.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Accepts the access tokens of one OAuth issuer that are meant for this server. Thread-safe.
///
/// The order of the checks is that of [TokenVerifier], and nothing of the payload is read before
/// the signature holds. A key is taken from the issuer's set by `kid`; `jwk`, `jku`, `x5c` and the
/// like are not looked at. AWS roles and credentials in such a token mean nothing. See RFC 8725,
/// RFC 9068 and RFC 8707.
public final class IssuerVerifier {
  private static final Duration USUAL_LIFE = Duration.ofHours(24);

  private final IssuerRules rules;
  private final IssuerKeys keys;
  private final InstantSource clock;
  private final TokenWarnings warnings =
      new TokenWarnings(System.getLogger(IssuerVerifier.class.getName()), System::nanoTime);

  /// A verifier.
  ///
  /// @param rules what tokens are checked against besides
  /// @param keys of the issuer
  /// @param clock tells the time that `exp`, `nbf` and `iat` are compared with
  public IssuerVerifier(IssuerRules rules, IssuerKeys keys, InstantSource clock) {
    this.rules = rules;
    this.keys = keys;
    this.clock = clock;
  }

  /// What tokens are checked against.
  IssuerRules rules() {
    return rules;
  }

  /// Whether what a key verified before still counts.
  boolean trusts(IssuerKey key) {
    return keys.holds(key);
  }

  /// Checks a token, all but its expiry.
  ///
  /// @throws RefusedToken when a check fails, or none can be made
  VerifiedToken verify(CompactToken token, TokenDigest digest) {
    IssuerKey key = signedBy(token);
    JsonNode payload = token.payload();
    Instant now = clock.instant();
    TokenTimes times = TokenTimes.of(payload, rules.token().leeway());
    times.requireStarted(now);
    IssuerClaims claims = IssuerClaims.read(payload, rules);
    if (times.expiresAt().isAfter(now.plus(USUAL_LIFE))) {
      warnings.note(TokenWarnings.Kind.LONG_LIFE, digest);
    }
    return new VerifiedToken(
        new Caller.Bearer(
            claims.subject(),
            key.id(),
            claims.level(),
            ScopeRights.actions(claims.level()),
            claims.buckets(),
            Set.of(),
            claims.scope(),
            times.expiresAt(),
            digest,
            AwsClaims.none(),
            Optional.of(rules.token().issuer())),
        times,
        key);
  }

  private IssuerKey signedBy(CompactToken token) {
    IssuerAlgorithm algorithm =
        IssuerAlgorithm.of(token.algorithm())
            .orElseThrow(() -> RefusedToken.because("alg is neither RS256 nor ES256"));
    token.requirePlain();
    IssuerClaims.requireType(token.header());
    JsonNode id = token.header().path("kid");
    if (!id.isString() || id.stringValue().isBlank()) {
      throw RefusedToken.because("kid is missing");
    }
    List<IssuerKey> meant = keys.find(id.stringValue(), algorithm);
    if (meant.isEmpty()) {
      throw RefusedToken.because("kid is not known");
    }
    return meant.stream()
        .filter(key -> key.verifies(token.signed(), token.signature()))
        .findFirst()
        .orElseThrow(() -> RefusedToken.because("the signature does not hold"));
  }
}
