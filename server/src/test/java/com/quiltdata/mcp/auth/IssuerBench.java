package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.concurrent.Reloaded;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The catalog and an issuer side by side, with clocks that stand still and a key set that a test
/// holds in its hand.
final class IssuerBench {
  static final String ISSUER = "https://issuer.example.com/tenant";
  static final String AUDIENCE = "https://demo.quiltdata.com/mcp";
  static final ScopeNames SCOPES = new ScopeNames("quilt:read", "quilt:write", "quilt:admin");
  static final IssuingKey RSA = IssuingKey.rsa("r1");
  static final IssuingKey EC = IssuingKey.p256("e1");

  static final IssuerRules RULES =
      new IssuerRules(
          new TokenRules(ISSUER, AUDIENCE, true, Duration.ofSeconds(60), 16 * 1_024),
          SCOPES,
          Optional.of("quilt_buckets"),
          new BucketScope(Set.of("for-all"), false));

  final ScriptedClock clock = new ScriptedClock(ForgedToken.NOW);
  private final AtomicLong nanos = new AtomicLong();
  private String published = IssuingKey.set(RSA, EC);
  private boolean isSilent;
  private int reads;
  private final IssuerRules rules;
  private final RememberingAuthenticator authenticator;

  IssuerBench() {
    this(RULES, true);
  }

  IssuerBench(IssuerRules rules, boolean knowsCatalog) {
    this.rules = rules;
    Reloaded<JwkSet> keys =
        new Reloaded<>(
            this::read,
            new Reloaded.Ages(
                Duration.ofSeconds(300),
                Duration.ofSeconds(3_600),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2)),
            nanos::get,
            Runnable::run);
    authenticator =
        new RememberingAuthenticator(
            new KnownIssuers(
                knowsCatalog
                    ? Optional.of(new TokenVerifier(ForgedToken.config(), clock))
                    : Optional.empty(),
                new IssuerVerifier(this.rules, new IssuerKeys(keys), clock)),
            clock,
            MemoryLimits.DEFAULT);
  }

  private JwkSet read() {
    reads++;
    if (isSilent) {
      throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "silent");
    }
    return JwkSet.of(published.getBytes(StandardCharsets.UTF_8));
  }

  void publish(String set) {
    published = set;
    isSilent = false;
  }

  void beSilent() {
    isSilent = true;
  }

  int reads() {
    return reads;
  }

  /// Lets time pass for the keys, not for tokens.
  void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  Authentication authenticate(String token) {
    return authenticator.authenticate(List.of("Bearer " + token));
  }

  Caller.Bearer caller(String token) {
    return ForgedToken.caller(authenticate(token));
  }

  /// Good claims of a user who may read, with some members more.
  static String claims(String more) {
    return claims(
        ISSUER, AUDIENCE, "\"scope\":\"quilt:read\"" + (more.isEmpty() ? "" : "," + more));
  }

  static String claims(String issuer, String audience, String more) {
    return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ada\",\"iat\":1789999000,\"exp\":1790003600,%s}"
        .formatted(issuer, audience, more);
  }
}
