package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;

/// Decides where the bytes of entries stay. Thread-safe.
///
/// Objects of the bucket are referenced, unless copies are wanted; those of other buckets are
/// copied to `NAMESPACE/NAME/LOGICAL KEY`. Where that would replace bytes that no version keeps,
/// and in a store without versions always, they go to the place that is named by their hash. See
/// `docs/decisions/0019`.
final class Placement {
  private final ObjectStore store;
  private final BucketName bucket;
  private final PackageName name;
  private final boolean copy;

  Placement(ObjectStore store, BucketName bucket, PackageName name, boolean copy) {
    this.store = store;
    this.bucket = bucket;
    this.name = name;
    this.copy = copy;
  }

  /// Whether an entry of a base stays as it is.
  ///
  /// @param from the registry of the base
  boolean stays(BucketName from, ManifestEntry entry) {
    return from.equals(bucket)
        && entry.hash().isPresent()
        && !entry.size().isNull()
        && (!copy
            || entry
                .physicalKey()
                .locate(store)
                .filter(location -> isInPlace(entry.logicalKey(), location))
                .isPresent());
  }

  private boolean isInPlace(LogicalKey key, ObjectLocation location) {
    return location.bucket().equals(bucket)
        && (RegistryLayout.isStable(location.key())
            || (store.keepsVersions()
                && RegistryLayout.object(bucket, name, key)
                    .filter(location.withoutVersion()::equals)
                    .isPresent()));
  }

  /// Whether the bytes of a new entry have to go somewhere else.
  boolean copies(LogicalKey key, Source source) {
    return switch (source) {
      case Source.Given _ -> true;
      case Source.Stored(ObjectInfo info, _, _) -> {
        ObjectLocation location = info.location();
        boolean referenced = !copy && store.keepsVersions() && location.bucket().equals(bucket);
        yield !referenced && !isInPlace(key, location);
      }
    };
  }

  /// Whether somebody may still write other bytes where an entry has its own.
  boolean mayChange(LogicalKey key, ObjectLocation location) {
    return !Lookup.isFixed(location) && !isInPlace(key, location);
  }

  /// Whether bytes that are somewhere else are as well kept as this push would keep them.
  boolean isGood(LogicalKey key, ObjectLocation location) {
    return location.bucket().equals(bucket)
        && Lookup.isFixed(location)
        && (!copy || isInPlace(key, location));
  }
}
