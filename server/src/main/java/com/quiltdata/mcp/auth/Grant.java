package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.storage.BucketName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// What one call may do, as the check of its rights found. Whoever reaches another service for a
/// call is made for its grant, never for the caller alone.
///
/// @param caller who calls
/// @param buckets those that the arguments name, in their order
/// @param actions AWS actions that the tool is known to need and the caller to have, in the order
///   of the permission map
public record Grant(Caller caller, Set<BucketName> buckets, Set<String> actions) {
  /// Copies the sets and keeps their order.
  public Grant {
    buckets = Collections.unmodifiableSet(new LinkedHashSet<>(buckets));
    actions = Collections.unmodifiableSet(new LinkedHashSet<>(actions));
  }

  /// Nothing but who calls: no bucket is named, no action needed.
  ///
  /// @param caller who calls
  /// @return the least grant
  public static Grant least(Caller caller) {
    return new Grant(caller, Set.of(), Set.of());
  }

  /// Whether the caller's rights extend to a bucket, named or not: calls meet buckets on their way,
  /// as the physical keys of a manifest.
  ///
  /// @param bucket any bucket
  /// @return true when they do
  public boolean covers(BucketName bucket) {
    return caller.covers(bucket);
  }

  /// The same actions in other buckets.
  ///
  /// @param others all of them
  /// @return the grant
  public Grant in(Set<BucketName> others) {
    return new Grant(caller, others, actions);
  }

  /// The same actions in one bucket more.
  ///
  /// @param met a bucket that the caller's rights extend to
  /// @return the grant
  public Grant meeting(BucketName met) {
    if (buckets.contains(met)) {
      return this;
    }
    Set<BucketName> more = new LinkedHashSet<>(buckets);
    more.add(met);
    return in(more);
  }

  /// This grant and what a second check of the same call allowed.
  ///
  /// @param other of the same caller
  /// @return both
  public Grant and(Grant other) {
    if (!caller.equals(other.caller)) {
      throw new IllegalArgumentException("grants of two callers");
    }
    Set<BucketName> allBuckets = new LinkedHashSet<>(buckets);
    allBuckets.addAll(other.buckets);
    Set<String> allActions = new LinkedHashSet<>(actions);
    allActions.addAll(other.actions);
    return new Grant(caller, allBuckets, allActions);
  }
}
