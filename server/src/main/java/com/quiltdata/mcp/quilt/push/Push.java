package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.InstantSource;
import java.util.function.Predicate;

/// Pushes revisions of packages to one registry. Thread-safe.
public final class Push {
  private final ObjectStore store;
  private final BucketName bucket;
  private final Predicate<BucketName> reach;
  private final InstantSource clock;

  /// Pushes to a bucket.
  ///
  /// @param store reads and writes with the rights of the caller
  /// @param bucket the registry
  /// @param reach which buckets the caller may read, for entries of manifests may name any
  /// @param clock gives the names of pointers
  public Push(
      ObjectStore store, BucketName bucket, Predicate<BucketName> reach, InstantSource clock) {
    this.store = store;
    this.bucket = bucket;
    this.reach = reach;
    this.clock = clock;
  }

  /// Pushes a revision. An interrupt of the thread gives it up, as long as nothing names it.
  ///
  /// A push that was cut off anywhere can be done again, and ends in the same top hash.
  ///
  /// @param name the package
  /// @param edit what the revision is
  /// @param options how
  /// @param progress hears how far it is
  /// @return what was done
  /// @throws Fault [FaultCode#CONFLICT] when `latest` is not what was expected, or somebody else
  ///   pushed meanwhile; [FaultCode#NOT_FOUND] for an object, or a file to remove, that is not
  ///   there; [FaultCode#INVALID_LOGICAL_KEY] for a key that is a file and a folder;
  ///   [FaultCode#INVALID_ARGUMENT] for a workflow that is not satisfied; [FaultCode#TOO_LARGE];
  ///   [FaultCode#FORBIDDEN_BUCKET]; [FaultCode#CANCELLED]
  public PushOutcome push(
      PackageName name, PackageEdit edit, PushOptions options, PushProgress progress) {
    return new PushRun(store, bucket, reach, clock, name, edit, options, progress).run();
  }
}
