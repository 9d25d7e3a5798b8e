package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.storage.BucketName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Who makes a call, decided by this request alone.
public sealed interface Caller {
  /// The person at this machine: local mode and stdio. May do everything.
  record Local() implements Caller {}

  /// A request without a token: only the open methods are served.
  record Anonymous() implements Caller {}

  /// The bearer of a verified token. The claims are an upper limit: AWS decides again.
  ///
  /// @param subject `sub`, else `id`
  /// @param keyId the key that verified the signature, empty when none is configured
  /// @param level what the token says of itself
  /// @param permissions AWS actions, expanded; `*` and `s3:*` cover what they match
  /// @param buckets the buckets it covers
  /// @param roles canonical role names and ARNs
  /// @param scope the informational `scope` claim, empty when absent
  /// @param expiresAt end of the token's life
  /// @param token stands for the token in the keys of caches
  /// @param aws the role and credentials that the token names
  /// @param issuer who issued it; empty for the catalog
  record Bearer(
      String subject,
      String keyId,
      Level level,
      Set<String> permissions,
      BucketScope buckets,
      Set<String> roles,
      String scope,
      Instant expiresAt,
      TokenDigest token,
      AwsClaims aws,
      Optional<String> issuer)
      implements Caller {

    /// Copies the sets.
    public Bearer {
      permissions = Set.copyOf(permissions);
      roles = Set.copyOf(roles);
    }

    /// The bearer of a token of the catalog.
    ///
    /// @param subject `sub`, else `id`
    /// @param keyId the key that verified the signature
    /// @param level what the token says of itself
    /// @param permissions AWS actions, expanded
    /// @param buckets the buckets it covers
    /// @param roles canonical role names and ARNs
    /// @param scope the informational `scope` claim
    /// @param expiresAt end of the token's life
    /// @param token stands for the token
    /// @param aws the role and credentials that the token names
    public Bearer(
        String subject,
        String keyId,
        Level level,
        Set<String> permissions,
        BucketScope buckets,
        Set<String> roles,
        String scope,
        Instant expiresAt,
        TokenDigest token,
        AwsClaims aws) {
      this(
          subject,
          keyId,
          level,
          permissions,
          buckets,
          roles,
          scope,
          expiresAt,
          token,
          aws,
          Optional.empty());
    }

    /// The bearer of a token of the catalog that names neither role nor credentials.
    ///
    /// @param subject `sub`, else `id`
    /// @param keyId the key that verified the signature
    /// @param level what the token says of itself
    /// @param permissions AWS actions, expanded
    /// @param buckets the buckets it covers
    /// @param roles canonical role names and ARNs
    /// @param scope the informational `scope` claim
    /// @param expiresAt end of the token's life
    /// @param token stands for the token
    public Bearer(
        String subject,
        String keyId,
        Level level,
        Set<String> permissions,
        BucketScope buckets,
        Set<String> roles,
        String scope,
        Instant expiresAt,
        TokenDigest token) {
      this(
          subject,
          keyId,
          level,
          permissions,
          buckets,
          roles,
          scope,
          expiresAt,
          token,
          AwsClaims.none());
    }

    /// First 8 hex digits of the token's SHA-256: fit for logs, too short to be a key.
    public String tokenDigest() {
      return token.forLogs();
    }
  }

  /// Whom state that travels through clients is bound to: equal for the same person, empty for
  /// nobody.
  default String principal() {
    return switch (this) {
      case Local _ -> "local";
      case Anonymous _ -> "";
      // An address holds no space, so that no two pairs make the same text.
      case Bearer bearer ->
          bearer
              .issuer()
              .map(issuer -> "issued:" + issuer + " " + bearer.subject())
              .orElseGet(() -> "user:" + bearer.subject());
    };
  }

  /// Whether the caller's rights extend to a bucket. AWS decides again.
  ///
  /// @param bucket any bucket
  /// @return true when the token covers it, or none is needed
  default boolean covers(BucketName bucket) {
    return switch (this) {
      case Local _ -> true;
      case Anonymous _ -> false;
      case Bearer bearer -> bearer.buckets().covers(bucket);
    };
  }

  /// The name for logs and messages.
  default Optional<String> name() {
    return switch (this) {
      case Local _ -> Optional.of("local");
      case Anonymous _ -> Optional.empty();
      case Bearer bearer -> Optional.of(bearer.subject());
    };
  }
}
