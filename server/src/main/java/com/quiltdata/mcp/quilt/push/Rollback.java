package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.Optional;

/// Makes another revision the latest one of its package, and writes nothing but `latest`.
/// Thread-safe.
public final class Rollback {
  private final ObjectStore store;
  private final Registry registry;

  /// Rolls back in a bucket.
  ///
  /// @param store reads and writes with the rights of the caller
  /// @param bucket the registry
  public Rollback(ObjectStore store, BucketName bucket) {
    this.store = store;
    this.registry = new Registry(store, bucket);
  }

  /// Re-points `latest`.
  ///
  /// @param name the package
  /// @param hash a revision whose manifest is in this registry
  /// @return what `latest` named before; the same when there was nothing to do
  /// @throws Fault [FaultCode#NOT_FOUND] when the package has no `latest`, or there is no such
  ///   revision; [FaultCode#CONFLICT] when somebody else moves `latest` meanwhile
  public TopHash to(PackageName name, TopHash hash) {
    // Says in words when there is no package.
    TopHash before = registry.latest(name);
    Optional<Pointer> latest = registry.pointer(name, RevisionReference.LATEST);
    // Fails when there is no such manifest, or it does not begin like one.
    registry.header(hash);
    if (before.equals(hash)) {
      return before;
    }
    Publication publication = new Publication(store, registry, name);
    if (!latest.map(Pointer::hash).equals(Optional.of(before))
        || !publication.replace(RevisionReference.LATEST, hash, latest)) {
      throw new Conflicts(registry.bucket(), name).moved(registry.findLatest(name));
    }
    return before;
  }
}
