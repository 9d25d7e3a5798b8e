package com.quiltdata.mcp.auth;

import java.time.Instant;
import java.util.Set;

/// Callers for tests.
public final class Callers {
  /// The person at this machine.
  public static final Caller LOCAL = new Caller.Local();

  /// A request without a token.
  public static final Caller ANONYMOUS = new Caller.Anonymous();

  private Callers() {}

  /// The bearer of a token with all S3 actions in some buckets.
  public static Caller bearer(String... buckets) {
    return bearerOf(Set.of("s3:*"), buckets);
  }

  /// The bearer of a token with some actions in some buckets.
  public static Caller bearerOf(Set<String> permissions, String... buckets) {
    Set<String> names = Set.of(buckets);
    return new Caller.Bearer(
        "user-1",
        "kid",
        Level.READ,
        permissions,
        new BucketScope(names, names.contains("*")),
        Set.of("ReadQuiltBucket"),
        "",
        Instant.parse("2030-01-01T00:00:00Z"),
        TokenDigest.of("t"));
  }
}
