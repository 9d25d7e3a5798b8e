package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Accepts the signed tokens of the Quilt catalog and nothing else. Thread-safe, keeps no state of
/// callers.
///
/// The order of the checks is part of the contract: size, structure, header, signature, claims, and
/// expiry last, so that "expired" means that nothing else is wrong. Nothing of the payload is read,
/// used or logged before the signature holds. See RFC 7515, RFC 7519 and RFC 8725.
public final class TokenVerifier implements Authenticator, TokenCheck {
  static final JsonLimits LIMITS = new JsonLimits(8, 64 * 1_024, 100, 256);
  private static final Duration USUAL_LIFE = Duration.ofHours(24);

  private final KeySource keys;
  private final TokenRules rules;
  private final InstantSource clock;
  private final TokenWarnings warnings;
  private final StrictJson json = new StrictJson(LIMITS);
  private volatile SignatureCheck signatures = new SignatureCheck(List.of());

  /// A verifier whose keys stay the same.
  ///
  /// @param config what tokens are checked against
  /// @param clock tells the time that `exp`, `nbf` and `iat` are compared with
  public TokenVerifier(TokenConfig config, InstantSource clock) {
    this(config.rules(), () -> Optional.of(config.keys()), clock);
  }

  /// A verifier whose keys change.
  ///
  /// @param rules what tokens are checked against besides
  /// @param keys asked for every token
  /// @param clock tells the time that `exp`, `nbf` and `iat` are compared with
  public TokenVerifier(TokenRules rules, KeySource keys, InstantSource clock) {
    this(
        rules,
        keys,
        clock,
        new TokenWarnings(System.getLogger(TokenVerifier.class.getName()), System::nanoTime));
  }

  TokenVerifier(TokenRules rules, KeySource keys, InstantSource clock, TokenWarnings warnings) {
    this.rules = rules;
    this.keys = keys;
    this.clock = clock;
    this.warnings = warnings;
  }

  @Override
  public Authentication authenticate(List<String> authorization) {
    return BearerHeader.authenticate(
        authorization,
        token -> {
          try {
            return verify(token, TokenDigest.of(token)).at(clock.instant());
          } catch (RefusedToken refused) {
            return refused.decision();
          }
        });
  }

  @Override
  public boolean trusts(VerifyingKey key) {
    return keys.keys().filter(known -> known.stream().anyMatch(key::equals)).isPresent();
  }

  @Override
  public VerifiedToken verify(String token, TokenDigest digest) {
    return verify(CompactToken.parse(token, rules.maxTokenBytes(), json), digest);
  }

  VerifiedToken verify(CompactToken parts, TokenDigest digest) {
    SigningKey key = signatures().verify(parts);

    JsonNode payload = parts.payload();
    Consumer<TokenWarnings.Kind> warn = kind -> warnings.note(kind, digest);
    Instant now = clock.instant();
    TokenTimes times = TokenTimes.of(payload, rules.leeway());
    times.requireStarted(now);
    IdentityClaims.requireOurs(payload, rules, warn);
    String subject = IdentityClaims.subject(payload);
    AuthorityClaims authority = AuthorityClaims.read(payload, warn);
    if (times.expiresAt().isAfter(now.plus(USUAL_LIFE))) {
      warn.accept(TokenWarnings.Kind.LONG_LIFE);
    }
    return new VerifiedToken(
        new Caller.Bearer(
            subject,
            key.id(),
            authority.level(),
            authority.permissions(),
            authority.buckets(),
            Set.copyOf(authority.roles()),
            authority.scope(),
            times.expiresAt(),
            digest,
            authority.aws()),
        times,
        key);
  }

  private SignatureCheck signatures() {
    List<SigningKey> known =
        keys.keys().orElseThrow(() -> RefusedToken.unchecked("the signing secret cannot be read"));
    SignatureCheck check = signatures;
    if (!check.keys().equals(known)) {
      check = new SignatureCheck(known);
      signatures = check;
    }
    return check;
  }
}
