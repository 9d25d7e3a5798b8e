package com.quiltdata.mcp.storage;

import java.util.Optional;

/// What to list.
///
/// @param bucket where
/// @param prefix only keys that begin with it; may be empty
/// @param delimiter keys are cut behind its first occurrence after the prefix
/// @param limit 1 to 1,000 objects and prefixes
/// @param token of the page before
public record ListRequest(
    BucketName bucket,
    String prefix,
    Optional<String> delimiter,
    int limit,
    Optional<String> token) {

  /// The most that one page holds, as in S3.
  public static final int MAX_LIMIT = 1_000;

  /// Checks the limit.
  public ListRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page holds 1 to " + MAX_LIMIT + " objects");
    }
  }

  /// The first page of everything below a prefix.
  ///
  /// @param bucket where
  /// @param prefix only keys that begin with it
  /// @return a request for a full page
  public static ListRequest of(BucketName bucket, String prefix) {
    return new ListRequest(bucket, prefix, Optional.empty(), MAX_LIMIT, Optional.empty());
  }

  /// The same listing cut at a delimiter.
  public ListRequest delimitedBy(String text) {
    return new ListRequest(bucket, prefix, Optional.of(text), limit, token);
  }

  /// The same listing with another page size.
  public ListRequest limitedTo(int count) {
    return new ListRequest(bucket, prefix, delimiter, count, token);
  }

  /// The page after another one.
  public ListRequest from(String nextToken) {
    return new ListRequest(bucket, prefix, delimiter, limit, Optional.of(nextToken));
  }
}
