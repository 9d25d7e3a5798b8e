package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestStream;
import com.quiltdata.mcp.quilt.manifest.OrderedManifest;
import com.quiltdata.mcp.quilt.manifest.TopHasher;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Writes a manifest under its top hash.
///
/// What is there already under that name should be the same. It is not trusted: a file of other
/// bytes stays only if it hashes to its name and every object that it names is there and in as good
/// a place. Else it is replaced, which changes no revision, for the name says what its content is,
/// and the places of bytes are no part of it.
///
/// @param store reads and writes
/// @param registry holds the manifest
/// @param placement knows good places
/// @param draft what is written
/// @param hash its name
record ManifestFile(
    ObjectStore store, Registry registry, Placement placement, Draft draft, TopHash hash) {
  private static final int ATTEMPTS = 3;
  private static final int BLOCK = 65_536;
  private static final int BATCH = 1_000;

  /// Writes it, or sees that it is there.
  ///
  /// @return what the caller should know of a file that was there
  Optional<String> write() {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (put(Precondition.ABSENT)) {
        return Optional.empty();
      }
      Optional<ObjectInfo> there = store.find(location());
      if (there.isPresent()) {
        if (hasSameBytes(there.get())) {
          return Optional.empty();
        }
        if (isWhole()) {
          return Optional.of(
              "Revision %s was there already and stays as it is: it names other places of the same bytes, which were found there"
                  .formatted(hash));
        }
        if (put(new Precondition.Unchanged(there.get().etag()))) {
          return Optional.of(
              "The manifest of revision %s was there already, damaged, or with bytes in places where they are gone or may change; it was replaced"
                  .formatted(hash));
        }
      }
    }
    throw new Fault(
        FaultCode.CONFLICT,
        "Somebody else keeps writing the manifest %s in s3://%s; push again"
            .formatted(hash, registry.bucket()));
  }

  private ObjectLocation location() {
    return RegistryLayout.manifest(registry.bucket(), hash);
  }

  private boolean put(Precondition condition) {
    try (InputStream bytes = ManifestStream.of(draft.open())) {
      store.put(location(), bytes, PutOptions.NONE.when(condition));
      return true;
    } catch (Fault e) {
      if (e.code() == FaultCode.CONFLICT) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Fault unreadable(IOException e) {
    return new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "Manifest %s in s3://%s could not be read".formatted(hash, registry.bucket()),
        e);
  }

  private boolean hasSameBytes(ObjectInfo there) {
    try (ObjectContent content = store.open(there.location(), ByteRange.ALL);
        InputStream mine = ManifestStream.of(draft.open())) {
      byte[] left = new byte[BLOCK];
      byte[] right = new byte[BLOCK];
      while (true) {
        int count = content.stream().readNBytes(left, 0, BLOCK);
        if (mine.readNBytes(right, 0, BLOCK) != count
            || !Arrays.equals(left, 0, count, right, 0, count)) {
          return false;
        }
        if (count == 0) {
          return true;
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private boolean isWhole() {
    try {
      return TopHasher.hash(registry.manifest(hash)).equals(hash) && hasItsObjects();
    } catch (Fault e) {
      if (e.code() == FaultCode.CORRUPT_DATA || e.code() == FaultCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /// Whether the objects are there that it names and this push does not.
  private boolean hasItsObjects() {
    try (EntryCursor theirs = OrderedManifest.of(registry.manifest(hash)).open();
        EntryCursor mine = draft.open()) {
      List<ManifestEntry> others = new ArrayList<>();
      for (var entry = theirs.next(); entry.isPresent(); entry = theirs.next()) {
        ManifestEntry other = entry.get();
        // Equal top hashes have equal keys.
        String place = mine.next().map(ManifestEntry::physicalUri).orElse("");
        if (!place.equals(other.physicalUri())) {
          others.add(other);
        }
        if (others.size() == BATCH) {
          if (!areThere(others)) {
            return false;
          }
          others.clear();
        }
      }
      return areThere(others);
    }
  }

  private boolean areThere(List<ManifestEntry> entries) {
    return !InParallel.map(entries, this::isThere).contains(false);
  }

  private boolean isThere(ManifestEntry entry) {
    return entry
        .physicalKey()
        .locate(store)
        .filter(location -> placement.isGood(entry.logicalKey(), location))
        .flatMap(store::find)
        .filter(info -> entry.sizeBytes().orElse(-1) == info.sizeBytes())
        .isPresent();
  }
}
