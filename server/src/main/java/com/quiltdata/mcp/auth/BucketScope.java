package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.storage.BucketName;
import java.util.HashSet;
import java.util.Set;

/// The buckets that a token covers.
///
/// @param names exact bucket names, as claimed
/// @param isEverything whether a claim entry was exactly `*`, the administrators' wildcard
public record BucketScope(Set<String> names, boolean isEverything) {
  /// No bucket.
  static final BucketScope NONE = new BucketScope(Set.of(), false);

  /// Copies the names.
  public BucketScope {
    names = Set.copyOf(names);
  }

  /// The buckets of this and of another.
  BucketScope and(BucketScope other) {
    Set<String> all = new HashSet<>(names);
    all.addAll(other.names);
    return new BucketScope(all, isEverything || other.isEverything);
  }

  /// Whether a bucket is covered: equal to a claimed name, byte for byte, or everything is.
  ///
  /// @param bucket a valid name
  /// @return true when it is
  public boolean covers(BucketName bucket) {
    return isEverything || names.contains(bucket.value());
  }
}
