package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.HashListener;
import com.quiltdata.mcp.quilt.hash.HashRequest;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.hash.ObjectHashing;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Checks the objects of entries, many at a time.
///
/// @param store reads with the rights of the caller
/// @param reach which buckets the caller may read
/// @param depth how closely
record EntryCheck(ObjectStore store, Predicate<BucketName> reach, CheckDepth depth) {

  /// What was found at one entry, and what of it can be hashed.
  private record Seen(List<Finding> findings, Optional<HashRequest<ReadEntry>> toHash) {
    static Seen of(Finding... findings) {
      return new Seen(List.of(findings), Optional.empty());
    }
  }

  /// Checks some entries.
  ///
  /// @return what was found, in the order of the entries for all that needs no reading
  List<Finding> check(List<ReadEntry> entries) {
    List<Finding> findings = new ArrayList<>();
    List<HashRequest<ReadEntry>> requests = new ArrayList<>();
    for (Seen seen : InParallel.map(entries, this::look)) {
      findings.addAll(seen.findings());
      seen.toHash().ifPresent(requests::add);
    }
    if (!requests.isEmpty()) {
      hash(requests, findings);
    }
    return findings;
  }

  private Seen look(ReadEntry read) {
    Optional<ObjectLocation> location;
    try {
      location = read.entry().physicalKey().locate(store);
    } catch (Fault e) {
      return Seen.of(read.finding(FindingCode.BROKEN_PHYSICAL_KEY, e.text()));
    }
    if (location.isEmpty()) {
      return Seen.of(
          read.finding(
              FindingCode.OUTSIDE_STORAGE,
              "The bytes of %s are a file outside this storage".formatted(name(read))));
    }
    if (!reach.test(location.get().bucket())) {
      return Seen.of(
          read.finding(
              FindingCode.NOT_ACCESSIBLE,
              "The bytes of %s are in bucket %s, which this caller may not read"
                  .formatted(name(read), location.get().bucket())));
    }
    return depth == CheckDepth.MANIFEST ? Seen.of() : find(read, location.get());
  }

  private Seen find(ReadEntry read, ObjectLocation location) {
    try {
      Optional<ObjectInfo> info = store.find(location);
      return info.isPresent()
          ? compare(read, location, info.get())
          : Seen.of(missing(read, location));
    } catch (Fault e) {
      return Seen.of(notAccessible(read, e));
    }
  }

  private Finding missing(ReadEntry read, ObjectLocation location) {
    boolean otherVersion =
        location.versionId().isPresent() && store.find(location.withoutVersion()).isPresent();
    return otherVersion
        ? read.finding(
            FindingCode.MISSING_VERSION,
            "Object %s, the bytes of %s, exists in other versions only"
                .formatted(Quoted.of(location.uri()), name(read)))
        : read.finding(
            FindingCode.MISSING_OBJECT,
            "Object %s, the bytes of %s, does not exist"
                .formatted(Quoted.of(location.uri()), name(read)));
  }

  private Seen compare(ReadEntry read, ObjectLocation location, ObjectInfo info) {
    List<Finding> findings = new ArrayList<>();
    if (location.versionId().isEmpty() && info.location().versionId().isPresent()) {
      findings.add(
          read.finding(
              FindingCode.UNPINNED_VERSION,
              "%s names no version of object %s, so the next write of it breaks the package"
                  .formatted(name(read), Quoted.of(location.uri()))));
    }
    long expected = read.entry().sizeBytes().orElse(info.sizeBytes());
    if (expected != info.sizeBytes()) {
      findings.add(
          read.finding(
              FindingCode.CHANGED_SIZE,
              "Object %s has %d bytes, and the package says %d for %s"
                  .formatted(Quoted.of(location.uri()), info.sizeBytes(), expected, name(read))));
      return new Seen(findings, Optional.empty());
    }
    Optional<HashKind> kind = read.entry().hash().flatMap(ObjectHash::kind);
    return new Seen(
        findings,
        kind.filter(_ -> depth == CheckDepth.BYTES)
            .map(known -> new HashRequest<>(read, location, expected, known)));
  }

  private void hash(List<HashRequest<ReadEntry>> requests, List<Finding> findings) {
    ObjectHashing.reading(store)
        .hashAll(
            requests.iterator(),
            new HashListener<ReadEntry>() {
              @Override
              public void hashed(HashRequest<ReadEntry> request, ObjectHash hash) {
                ReadEntry read = request.subject();
                if (!read.entry().hash().equals(Optional.of(hash))) {
                  findings.add(
                      read.finding(
                          FindingCode.CHANGED_BYTES,
                          "The bytes of %s at %s hash to %s, not to what the package says"
                              .formatted(
                                  name(read), Quoted.of(request.location().uri()), hash.value())));
                }
              }

              @Override
              public void failed(HashRequest<ReadEntry> request, Fault fault) {
                findings.add(notAccessible(request.subject(), fault));
              }
            });
  }

  /// A fault that ends the whole check unless it is about this object.
  private static Finding notAccessible(ReadEntry read, Fault fault) {
    if (fault.code().isDenial() || fault.code() == FaultCode.NOT_FOUND) {
      return read.finding(
          FindingCode.NOT_ACCESSIBLE,
          "The bytes of %s cannot be read: %s".formatted(name(read), fault.text()));
    }
    if (fault.code() == FaultCode.CONFLICT || fault.code() == FaultCode.CORRUPT_DATA) {
      return read.finding(
          FindingCode.CHANGED_BYTES,
          "The bytes of %s change while they are read: %s".formatted(name(read), fault.text()));
    }
    throw fault;
  }

  private static String name(ReadEntry read) {
    return Quoted.of(read.entry().logicalKey().value());
  }
}
