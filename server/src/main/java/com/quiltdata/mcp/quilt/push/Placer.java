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
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Brings the bytes of new entries to where they stay. Thread-safe.
final class Placer {
  private static final int ATTEMPTS = 3;

  private final ObjectStore store;
  private final BucketName bucket;
  private final PackageName name;
  private final Placement placement;
  private final Reuse reuse;
  private final Writing writing;

  /// Whether an object of the bucket was seen that has a version of its own.
  private volatile boolean versionsSeen;

  /// A placer for one push.
  ///
  /// @param store reads and writes
  /// @param bucket the registry
  /// @param name the package
  /// @param placement knows what has to move
  /// @param reuse which objects of others may be named
  /// @param written keeps what is written
  Placer(
      ObjectStore store,
      BucketName bucket,
      PackageName name,
      Placement placement,
      Reuse reuse,
      Written written) {
    this.store = store;
    this.bucket = bucket;
    this.name = name;
    this.placement = placement;
    this.reuse = reuse;
    this.writing = new Writing(store, written);
  }

  /// Brings the bytes of a new entry to where they stay.
  ///
  /// @param source with its hash
  /// @throws Fault [FaultCode#CONFLICT] when the source changed since it was hashed
  Placed place(LogicalKey key, Source source) {
    if (!placement.copies(key, source) && source instanceof Source.Stored stored) {
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
      if (reuse.isSafe(there.get()) && holds(there.get(), source)) {
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
    String digits = digits(hash(source));
    ObjectLocation target = RegistryLayout.stable(bucket, digits, key);
    Optional<ObjectInfo> there = store.find(target);
    if (there.isEmpty()) {
      Optional<ObjectInfo> written = writing.ifAbsent(source, target);
      if (written.isPresent()) {
        return placed(written.get(), source, true);
      }
      there = store.find(target);
    }
    return there.filter(reuse::isSafe).isPresent()
        ? placed(whole(there.get(), source), source, false)
        : placeBeside(digits, key, source);
  }

  /// Another push has written the same bytes a moment ago, and may take them back.
  private Placed placeBeside(String digits, LogicalKey key, Source source) {
    String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    ObjectLocation target = RegistryLayout.stable(bucket, digits + "/" + unique, key);
    return placed(writing.ifAbsent(source, target).orElseThrow(), source, true);
  }

  /// Whoever may write to the bucket may have put something else there.
  private ObjectInfo whole(ObjectInfo there, Source source) {
    if (isWhole(there, source)) {
      return there;
    }
    throw new Fault(
        FaultCode.CORRUPT_DATA,
        "Object %s is not what its name says: remove it and push again"
            .formatted(Quoted.visible(there.location().uri())));
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

  static String digits(ObjectHash hash) {
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
}
