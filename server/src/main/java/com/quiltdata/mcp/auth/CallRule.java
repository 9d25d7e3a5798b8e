package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.FaultCode;
import java.util.Locale;
import java.util.Optional;

/// The rule by which a call was let through or refused, as logs and explanations name it.
public enum CallRule {
  /// The person at this machine may do everything.
  LOCAL,
  /// The token's claims allow it.
  CLAIMS,
  /// There is no such tool.
  UNKNOWN_TOOL,
  /// The tool changes something, and the server is read-only.
  READ_ONLY,
  /// The tool's group is not offered here.
  TOOL_GROUPS,
  /// There is no token.
  TOKEN,
  /// The level is too low.
  LEVEL,
  /// An action is missing.
  PERMISSIONS,
  /// A text that should name a bucket names none.
  BUCKET_NAMES,
  /// A bucket is not covered.
  BUCKETS,
  /// The role that the token names may not be assumed.
  ROLES,
  /// There are no AWS credentials for this caller.
  CREDENTIALS,
  /// An argument breaks its own rule.
  ARGUMENTS;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /// The rule that lets a caller through.
  ///
  /// @param caller who may do what was asked
  /// @return the rule
  public static CallRule allowing(Caller caller) {
    return caller instanceof Caller.Bearer ? CLAIMS : LOCAL;
  }

  /// The rule that a refusal of a call follows from.
  ///
  /// @param code of the refusal
  /// @return empty when the code is no refusal but a failure
  public static Optional<CallRule> denying(FaultCode code) {
    return switch (code) {
      case NOT_AUTHENTICATED -> Optional.of(TOKEN);
      case FORBIDDEN_LEVEL -> Optional.of(LEVEL);
      case FORBIDDEN_ACTION -> Optional.of(PERMISSIONS);
      case FORBIDDEN_BUCKET -> Optional.of(BUCKETS);
      case FORBIDDEN_ROLE -> Optional.of(ROLES);
      case NO_CREDENTIALS, TOO_MANY_BUCKETS -> Optional.of(CREDENTIALS);
      case INVALID_BUCKET, INVALID_S3_URI -> Optional.of(BUCKET_NAMES);
      case INVALID_LOGICAL_KEY,
          UNSUPPORTED_SCHEME,
          INVALID_ARGUMENT,
          NOT_FOUND,
          CONFLICT,
          TOO_LARGE,
          CORRUPT_DATA,
          INPUT_REQUIRED,
          TIMEOUT,
          CANCELLED,
          UPSTREAM_UNAVAILABLE,
          QUERY_COST_LIMIT,
          INTERNAL ->
          Optional.empty();
    };
  }

  /// The rule as it is written, for example `bucket_names`.
  public String wire() {
    return wire;
  }
}
