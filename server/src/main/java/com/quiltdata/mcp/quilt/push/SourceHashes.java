package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.HashListener;
import com.quiltdata.mcp.quilt.hash.HashRequest;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.hash.ObjectHashing;
import com.quiltdata.mcp.quilt.hash.StoredHash;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// Finds out the hashes of new entries, before anything is written: from the package that an entry
/// comes from, from checksums that the store keeps, else by reading.
///
/// Bytes that are copied get the chunked hash; others keep the kind that their package has.
///
/// @param store holds the objects
/// @param copies whether the bytes of a key are copied
record SourceHashes(ObjectStore store, BiPredicate<LogicalKey, Source> copies) {
  /// What a dry run reads at most.
  static final long CHEAP_BYTES = 256L << 20;

  private static final HashKind KIND = HashKind.SHA2_256_CHUNKED;

  /// Hashes all of them.
  ///
  /// @throws Fault [FaultCode#CONFLICT] when an object changed since it was found,
  ///   [FaultCode#CORRUPT_DATA] when its bytes are not what its package says
  SortedMap<LogicalKey, Source> all(SortedMap<LogicalKey, Source> sources, StepProgress progress) {
    SortedMap<LogicalKey, Source> hashed = new TreeMap<>(sources);
    List<HashRequest<LogicalKey>> requests = new ArrayList<>();
    List<ObjectInfo> read = new ArrayList<>();
    sources.forEach((key, source) -> {
      if (isKnown(key, source)) {
        progress.one();
      } else {
        switch (source) {
          case Source.Given given -> {
            hashed.put(key, given.withHash(hash(given.bytes())));
            progress.one();
          }
          case Source.Stored stored -> {
            requireTrue(key, stored);
            read.add(stored.info());
            requests.add(request(key, stored));
          }
        }
      }
    });
    ObjectHashing.reusingChecksums(store)
        .hashAll(
            requests.iterator(),
            new HashListener<LogicalKey>() {
              @Override
              public void hashed(HashRequest<LogicalKey> request, ObjectHash hash) {
                hashed.computeIfPresent(request.subject(), (_, source) -> source.withHash(hash));
                progress.one();
              }
            });
    requireUnchanged(read);
    return hashed;
  }

  /// Hashes what can be hashed without much reading: all of them, or those that need none.
  SortedMap<LogicalKey, Source> cheap(
      SortedMap<LogicalKey, Source> sources, StepProgress progress) {
    long unread =
        sources.values().stream()
            .filter(source -> source.hash().isEmpty())
            .mapToLong(Source::sizeBytes)
            .sum();
    if (unread <= CHEAP_BYTES) {
      return all(sources, progress);
    }
    return PerKey.map(sources.entrySet(), this::withStoredHash, progress);
  }

  private boolean isKnown(LogicalKey key, Source source) {
    return source.hash().isPresent()
        && (isChunked(source.hash().get()) || !copies.test(key, source));
  }

  static boolean isChunked(ObjectHash hash) {
    return hash.kind().equals(Optional.of(KIND));
  }

  private static HashRequest<LogicalKey> request(LogicalKey key, Source.Stored source) {
    return new HashRequest<>(key, source.info().location(), source.sizeBytes(), KIND);
  }

  /// Before a hash of an older kind is left behind, the bytes have to be what it says.
  private void requireTrue(LogicalKey key, Source.Stored source) {
    Optional<HashKind> kind = source.hash().flatMap(ObjectHash::kind);
    if (kind.isPresent()) {
      ObjectHash found =
          ObjectHashing.reading(store)
              .hash(
                  new HashRequest<>(key, source.info().location(), source.sizeBytes(), kind.get()));
      if (!source.hash().equals(Optional.of(found))) {
        throw new Fault(
            FaultCode.CORRUPT_DATA,
            "The bytes of %s at %s are not those that its package names"
                .formatted(Quoted.of(key.value()), Quoted.of(source.info().location().uri())));
      }
    }
  }

  private Source withStoredHash(LogicalKey key, Source source) {
    return switch (source) {
      case Source.Given given -> given.withHash(hash(given.bytes()));
      case Source.Stored stored when isKnown(key, stored) -> stored;
      case Source.Stored stored ->
          chunked(store, stored.info()).<Source>map(stored::withHash).orElse(stored);
    };
  }

  /// The chunked hash of an object, when a checksum that the store keeps says it.
  static Optional<ObjectHash> chunked(ObjectStore store, ObjectInfo info) {
    return store.checksums(info.location()).stream()
        .flatMap(checksum -> StoredHash.of(KIND, checksum, info.sizeBytes()).stream())
        .findFirst();
  }

  private static ObjectHash hash(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    try {
      return ObjectHash.compute(KIND, new ByteArrayInputStream(copy), copy.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What has no version may have been written while it was read.
  private void requireUnchanged(List<ObjectInfo> read) {
    InParallel.map(
        read.stream().filter(info -> !Lookup.isPinned(info.location())).toList(),
        info -> {
          requireUnchanged(store, info);
          return info;
        });
  }

  /// Checks that an object is still the one that was found.
  static void requireUnchanged(ObjectStore store, ObjectInfo before) {
    if (store.find(before.location()).filter(now -> isSame(before, now)).isEmpty()) {
      throw changed(before);
    }
  }

  static boolean isSame(ObjectInfo before, ObjectInfo now) {
    return now.etag().equals(before.etag()) && now.sizeBytes() == before.sizeBytes();
  }

  static Fault changed(ObjectInfo info) {
    return new Fault(
        FaultCode.CONFLICT,
        "Object %s changed while it was pushed; push again"
            .formatted(Quoted.of(info.location().uri())));
  }
}
