package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Deletes pointers of packages in one registry. Manifests and the bytes of files stay, so that a
/// revision can be brought back by its top hash. Thread-safe.
///
/// `latest` is changed or removed last but for what it names, so that it never names a revision
/// that is half gone; a deletion that was cut off can be done again.
public final class Deletion {
  /// Oldest push first, tags before all of them.
  private static final Comparator<Pointer> BY_TIME =
      Comparator.comparing((Pointer pointer) -> pointer.pushed().orElse(Instant.MIN))
          .thenComparing(Pointer::name);

  private final ObjectStore store;
  private final Registry registry;

  /// Deletes in a bucket.
  ///
  /// @param store reads and writes with the rights of the caller
  /// @param bucket the registry
  public Deletion(ObjectStore store, BucketName bucket) {
    this.store = store;
    this.registry = new Registry(store, bucket);
  }

  /// What was deleted, or would be.
  ///
  /// @param pointers names of the pointers that go
  /// @param latest what `latest` names afterwards; empty when it goes too, or was not there
  public record Outcome(List<String> pointers, Optional<TopHash> latest) {
    /// Copies the names.
    public Outcome {
      pointers = List.copyOf(pointers);
    }
  }

  /// Deletes all revisions of a package, whatever its pointers hold. A package that does not exist
  /// is no error.
  ///
  /// @param name the package
  /// @param dryRun whether only to tell what would go
  /// @return what went
  /// @throws Fault [FaultCode#CONFLICT] when somebody pushes meanwhile
  public Outcome all(PackageName name, boolean dryRun) {
    Publication publication = new Publication(store, registry, name);
    Optional<String> latest = publication.latestEtag();
    List<String> names = new ArrayList<>(registry.pointerNames(name));
    // While others are still there the package can be read.
    if (names.remove(RevisionReference.LATEST)) {
      names.addLast(RevisionReference.LATEST);
    }
    if (!dryRun) {
      if (!publication.latestEtag().equals(latest)) {
        throw pushedMeanwhile(name);
      }
      removeAll(publication, names, latest);
      if (!registry.pointerNames(name).isEmpty()) {
        throw pushedMeanwhile(name);
      }
    }
    return new Outcome(names, Optional.empty());
  }

  /// Removes pointers in their order; `latest` only as it was before.
  private static void removeAll(
      Publication publication, List<String> names, Optional<String> latest) {
    int gone = 0;
    for (String pointer : names) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Fault(
            FaultCode.CANCELLED,
            "The deletion was given up; %d of %d pointers are gone, delete again for the rest"
                .formatted(gone, names.size()));
      }
      if (!pointer.equals(RevisionReference.LATEST)) {
        publication.remove(pointer);
      } else {
        // Somebody else may have moved it; then it stays, and is seen by who looks next.
        latest.ifPresent(publication::removeLatest);
      }
      gone++;
    }
  }

  private Fault pushedMeanwhile(PackageName name) {
    return new Fault(
        FaultCode.CONFLICT,
        "Somebody pushed package '%s' at s3://%s/ while it was deleted; what was pushed is still there, delete again if it has to go"
            .formatted(name, registry.bucket()));
  }

  /// Deletes one revision: every pointer that names it. If `latest` is one of them and others
  /// remain, it names the newest of those afterwards.
  ///
  /// @param name the package
  /// @param hash the revision
  /// @param dryRun whether only to tell what would go
  /// @return what went
  /// @throws Fault [FaultCode#NOT_FOUND] when no pointer names the revision, [FaultCode#CONFLICT]
  ///   when somebody moves `latest` meanwhile
  public Outcome revision(PackageName name, TopHash hash, boolean dryRun) {
    List<Pointer> all = pointers(name);
    List<Pointer> going = all.stream().filter(pointer -> pointer.hash().equals(hash)).toList();
    if (going.isEmpty()) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          "No such package version: no pointer of package '%s' at s3://%s/ names revision '%s'"
              .formatted(name, registry.bucket(), hash));
    }
    Optional<Pointer> latest = all.stream().filter(Deletion::isLatest).findAny();
    boolean moves = latest.filter(going::contains).isPresent();
    Optional<TopHash> next =
        moves
            ? all.stream()
                .filter(pointer -> !isLatest(pointer) && !going.contains(pointer))
                .max(BY_TIME)
                .map(Pointer::hash)
            : latest.map(Pointer::hash);
    if (!dryRun) {
      Publication publication = new Publication(store, registry, name);
      if (moves && next.isPresent()) {
        move(publication, name, next.get(), latest);
      }
      going.stream()
          .filter(pointer -> !isLatest(pointer))
          .forEach(pointer -> publication.remove(pointer.name()));
      if (moves && next.isEmpty() && !publication.removeLatest(latest.orElseThrow().etag())) {
        // Somebody pushed another revision, which stays.
        next = registry.findLatest(name);
      }
    }
    Optional<TopHash> named = next;
    return new Outcome(
        going.stream()
            .filter(pointer -> named.isEmpty() || !isLatest(pointer))
            .map(Pointer::name)
            .toList(),
        named);
  }

  private void move(
      Publication publication, PackageName name, TopHash next, Optional<Pointer> latest) {
    if (!publication.replace(RevisionReference.LATEST, next, latest)) {
      throw new Conflicts(registry.bucket(), name).moved(registry.findLatest(name));
    }
  }

  private static boolean isLatest(Pointer pointer) {
    return pointer.name().equals(RevisionReference.LATEST);
  }

  /// Those that name something.
  private List<Pointer> pointers(PackageName name) {
    return InParallel.map(
            registry.pointerNames(name),
            pointer -> {
              try {
                return registry.pointer(name, pointer);
              } catch (Fault e) {
                if (e.code() == FaultCode.CORRUPT_DATA) {
                  return Optional.<Pointer>empty();
                }
                throw e;
              }
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }
}
