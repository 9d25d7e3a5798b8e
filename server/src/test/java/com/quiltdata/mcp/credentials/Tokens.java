package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.AwsClaims;
import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ClaimedCredentials;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.storage.BucketName;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Bearers of tokens and what their calls may do.
final class Tokens {
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  static final Instant END = NOW.plusSeconds(7_200);
  static final RoleArn ROLE = new RoleArn("arn:aws:iam::123456789012:role/data");

  static final String CLAIMED = UsedSecrets.note("claimed-secret-key");

  private Tokens() {}

  /// The bearer of a token that says nothing about AWS.
  static Caller.Bearer plain(String subject) {
    return bearer(subject, subject, END, AwsClaims.none());
  }

  /// The bearer of a token of an OAuth issuer.
  static Caller.Bearer issued(String issuer, String subject) {
    return new Caller.Bearer(
        subject,
        "kid",
        Level.READ,
        Set.of("s3:*"),
        new BucketScope(Set.of(), true),
        Set.of(),
        "",
        END,
        TokenDigest.of(issuer + subject),
        AwsClaims.none(),
        Optional.of(issuer));
  }

  /// The bearer of a token that names a role.
  static Caller.Bearer naming(String role) {
    return bearer("ada", "ada", END, new AwsClaims(Optional.of(role), Optional.empty(), false));
  }

  /// The bearer of a token with credentials, and a role for good measure.
  static Caller.Bearer bringing(String key, Optional<String> session, boolean isExchanged) {
    return bearer(
        "ada",
        "ada",
        END,
        new AwsClaims(
            Optional.of("arn:aws:iam::123456789012:role/other"),
            Optional.of(new ClaimedCredentials(key, CLAIMED, session, Optional.empty())),
            isExchanged));
  }

  static Caller.Bearer bearer(String subject, String token, Instant end, AwsClaims aws) {
    return new Caller.Bearer(
        subject,
        "kid",
        Level.READ,
        Set.of("s3:*"),
        new BucketScope(Set.of(), true),
        Set.of(),
        "",
        end,
        TokenDigest.of(token),
        aws);
  }

  /// A call that reads in some buckets.
  static Grant reading(Caller caller, String... buckets) {
    return grant(caller, Set.of("s3:GetObject"), buckets);
  }

  static Grant grant(Caller caller, Set<String> actions, String... buckets) {
    return new Grant(
        caller,
        Arrays.stream(buckets)
            .map(BucketName::new)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        actions);
  }
}
