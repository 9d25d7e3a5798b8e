package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Accepts the signed tokens of the Quilt catalog and nothing else. Thread-safe, keeps no state of
/// callers.
///
/// The order of the checks is part of the contract: size, structure, header, signature, claims, and
/// expiry last, so that "expired" means that nothing else is wrong. Nothing of the payload is read,
/// used or logged before the signature holds. See RFC 7515, RFC 7519 and RFC 8725.
public final class TokenVerifier implements Authenticator {
  private static final JsonLimits LIMITS = new JsonLimits(8, 64 * 1_024, 100, 256);
  private static final Duration USUAL_LIFE = Duration.ofHours(24);

  private final TokenConfig config;
  private final InstantSource clock;
  private final TokenWarnings warnings;
  private final SignatureCheck signatures;
  private final StrictJson json = new StrictJson(LIMITS);

  /// A verifier.
  ///
  /// @param config what tokens are checked against
  /// @param clock tells the time that `exp`, `nbf` and `iat` are compared with
  public TokenVerifier(TokenConfig config, InstantSource clock) {
    this(
        config,
        clock,
        new TokenWarnings(System.getLogger(TokenVerifier.class.getName()), System::nanoTime));
  }

  TokenVerifier(TokenConfig config, InstantSource clock, TokenWarnings warnings) {
    this.config = config;
    this.clock = clock;
    this.warnings = warnings;
    this.signatures = new SignatureCheck(config);
  }

  @Override
  public Authentication authenticate(List<String> authorization) {
    return BearerHeader.authenticate(
        authorization,
        token -> {
          try {
            return verify(token, TokenDigest.of(token)).at(clock.instant());
          } catch (RefusedToken refused) {
            return refused.rejection();
          }
        });
  }

  /// Checks a token, all but its expiry.
  ///
  /// @throws RefusedToken when a check fails
  VerifiedToken verify(String token, TokenDigest digest) {
    CompactToken parts = CompactToken.parse(token, config.maxTokenBytes(), json);
    String keyId = signatures.verify(parts);

    JsonNode payload = parts.payload();
    Consumer<TokenWarnings.Kind> warn = kind -> warnings.note(kind, digest);
    Instant now = clock.instant();
    TokenTimes times = TokenTimes.of(payload, config.leeway());
    times.requireStarted(now);
    IdentityClaims.requireOurs(payload, config, warn);
    String subject = IdentityClaims.subject(payload);
    AuthorityClaims authority = AuthorityClaims.read(payload, warn);
    if (times.expiresAt().isAfter(now.plus(USUAL_LIFE))) {
      warn.accept(TokenWarnings.Kind.LONG_LIFE);
    }
    return new VerifiedToken(
        new Caller.Bearer(
            subject,
            keyId,
            authority.level(),
            authority.permissions(),
            authority.buckets(),
            Set.copyOf(authority.roles()),
            authority.scope(),
            times.expiresAt(),
            digest,
            authority.aws()),
        times);
  }
}
