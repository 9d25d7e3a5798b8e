package com.quiltdata.mcp.fault;

import java.util.Locale;

/// The stable `code` of a failed call: clients decide on it, texts may change.
public enum FaultCode {
  /// The caller's token does not cover a bucket that the call names.
  FORBIDDEN_BUCKET,
  /// The caller's token, or AWS, does not allow an action that the call needs.
  FORBIDDEN_ACTION,
  /// The tool needs a higher level than the token gives.
  FORBIDDEN_LEVEL,
  /// The role that the token names may not be assumed here.
  FORBIDDEN_ROLE,
  /// The call needs a token and came without one.
  NOT_AUTHENTICATED,
  /// There are no credentials with which this caller's call may reach the storage.
  NO_CREDENTIALS,
  /// The call names more buckets than its AWS rights can be narrowed to.
  TOO_MANY_BUCKETS,
  /// A bucket name breaks the naming rules.
  INVALID_BUCKET,
  /// An S3 URI cannot be read.
  INVALID_S3_URI,
  /// A path inside a package breaks the rules for logical keys.
  INVALID_LOGICAL_KEY,
  /// A URI has a scheme that is not served here.
  UNSUPPORTED_SCHEME,
  /// Another argument is missing or breaks its rule.
  INVALID_ARGUMENT,
  /// The thing that the call names does not exist.
  NOT_FOUND,
  /// Somebody else changed the same thing first.
  CONFLICT,
  /// Input or result is over a limit.
  TOO_LARGE,
  /// Stored data cannot be read as what it claims to be.
  CORRUPT_DATA,
  /// The call needs an answer of the user that this client cannot be asked for, or that it did not
  /// give.
  INPUT_REQUIRED,
  /// The call ran out of its time.
  TIMEOUT,
  /// The client gave the call up.
  CANCELLED,
  /// A service behind this one failed after all attempts.
  UPSTREAM_UNAVAILABLE,
  /// A query would read more than its limit.
  QUERY_COST_LIMIT,
  /// A defect of this program.
  INTERNAL;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /// Whether the caller lacks a right, rather than anything being wrong with the call.
  public boolean isDenial() {
    return switch (this) {
      case FORBIDDEN_BUCKET,
          FORBIDDEN_ACTION,
          FORBIDDEN_LEVEL,
          FORBIDDEN_ROLE,
          NOT_AUTHENTICATED,
          NO_CREDENTIALS ->
          true;
      case TOO_MANY_BUCKETS,
          INVALID_BUCKET,
          INVALID_S3_URI,
          INVALID_LOGICAL_KEY,
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
          false;
    };
  }

  /// The code as it travels, for example `forbidden_bucket`.
  public String wire() {
    return wire;
  }
}
