package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.HashRequest;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.hash.ObjectHashing;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Decides where the bytes of entries stay, and brings them there. Thread-safe.
///
/// Objects of the bucket are referenced, unless copies are wanted; those of other buckets are
/// copied to `NAMESPACE/NAME/LOGICAL KEY`. Where that would replace bytes that no version keeps,
/// and in a store without versions always, they go to the place that is named by their hash. See
/// `docs/decisions/0019`.
final class Placement {
  private static final int ATTEMPTS = 3;

  private final ObjectStore store;
  private final BucketName bucket;
  private final PackageName name;
  private final boolean copy;
  private final Writing writing;

  /// Whether an object of the bucket was seen that has a version of its own.
  private volatile boolean versionsSeen;

  Placement(ObjectStore store, BucketName bucket, PackageName name, boolean copy) {
    this.store = store;
    this.bucket = bucket;
    this.name = name;
    this.copy = copy;
    this.writing = new Writing(store);
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

  /// Brings the bytes of a new entry to where they stay.
  ///
  /// @param source with its hash
  /// @throws Fault [FaultCode#CONFLICT] when the source changed since it was hashed
  Placed place(LogicalKey key, Source source) {
    if (!copies(key, source) && source instanceof Source.Stored stored) {
      learn(stored.info());
      return placed(stored.info(), source, false);
    }
    Optional<ObjectLocation> target =
        store.keepsVersions() ? RegistryLayout.object(bucket, name, key) : Optional.empty();
    return target.isPresent()
        ? placeAt(target.get(), key, source, ATTEMPTS)
        : placeByHash(key, source);
  }

  private Placed placeAt(ObjectLocation target, LogicalKey key, Source source, int attempts) {
    Optional<ObjectInfo> there = store.find(target);
    if (there.isPresent()) {
      learn(there.get());
      if (holds(there.get(), source)) {
        return placed(there.get(), source, false);
      }
      if (!Lookup.isPinned(there.get().location())) {
        return placeByHash(key, source);
      }
    }
    if (versionsSeen) {
      return placed(writing.newVersion(source, target), source, true);
    }
    // Nobody's bytes are replaced, whether there are versions or not.
    Optional<ObjectInfo> written = writing.ifAbsent(source, target);
    if (written.isEmpty()) {
      return attempts > 1 ? placeAt(target, key, source, attempts - 1) : placeByHash(key, source);
    }
    learn(written.get());
    return placed(written.get(), source, true);
  }

  private Placed placeByHash(LogicalKey key, Source source) {
    ObjectLocation target = RegistryLayout.stable(bucket, digits(hash(source)), key);
    Optional<ObjectInfo> there = store.find(target);
    if (there.isEmpty()) {
      Optional<ObjectInfo> written = writing.ifAbsent(source, target);
      if (written.isPresent()) {
        return placed(written.get(), source, true);
      }
      there = store.find(target);
    }
    // Whoever may write to the bucket may have put something else there.
    if (there.filter(info -> isWhole(info, source)).isEmpty()) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "Object %s is not what its name says: remove it and push again"
              .formatted(Quoted.visible(target.uri())));
    }
    return placed(there.get(), source, false);
  }

  private boolean isWhole(ObjectInfo there, Source source) {
    return there.sizeBytes() == source.sizeBytes()
        && SourceHashes.chunked(store, there)
            .or(() -> Optional.of(read(there)))
            .equals(source.hash());
  }

  private ObjectHash read(ObjectInfo there) {
    return ObjectHashing.reading(store)
        .hash(
            new HashRequest<>(
                LogicalKey.parse("object"),
                there.location(),
                there.sizeBytes(),
                HashKind.SHA2_256_CHUNKED));
  }

  /// Whether an object has the bytes already. One that a version keeps is not read to know it.
  private boolean holds(ObjectInfo there, Source source) {
    if (there.sizeBytes() != source.sizeBytes()) {
      return false;
    }
    Optional<ObjectHash> known = SourceHashes.chunked(store, there);
    if (known.isEmpty() && !Lookup.isPinned(there.location())) {
      known = Optional.of(read(there));
    }
    return known.equals(source.hash());
  }

  private void learn(ObjectInfo info) {
    if (info.location().bucket().equals(bucket) && Lookup.isPinned(info.location())) {
      versionsSeen = true;
    }
  }

  private static ObjectHash hash(Source source) {
    return source.hash().orElseThrow(() -> new IllegalStateException("bytes are hashed first"));
  }

  private static String digits(ObjectHash hash) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(hash.value()));
  }

  private Placed placed(ObjectInfo info, Source source, boolean written) {
    Optional<Path> file = store.file(info.location());
    PhysicalKey key =
        file.isPresent()
            ? new PhysicalKey.LocalFile(file.get().toString())
            : PhysicalKey.of(info.location());
    return new Placed(info, key.format(), hash(source), written);
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
