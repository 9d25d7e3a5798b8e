package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.manifest.ManifestSource;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The packages of one bucket, for reading. Thread-safe; holds no state of its own.
///
/// Every method may throw what [ObjectStore] throws, and [FaultCode#CORRUPT_DATA] when a pointer or
/// manifest is damaged.
public final class Registry {
  private static final int MIN_PREFIX = 6;
  private static final Comparator<String> TIMES_FIRST =
      Comparator.comparingLong((String pointer) ->
              Pointer.isTime(pointer) ? Long.parseLong(pointer) : Long.MAX_VALUE)
          .thenComparing(Comparator.naturalOrder());
  private static final Comparator<String> NAMED_THEN_NEWEST =
      Comparator.comparing((String pointer) -> !pointer.equals(RevisionReference.LATEST))
          .thenComparing(Pointer::isTime)
          .thenComparing(TIMES_FIRST.reversed());

  private final ObjectStore store;
  private final BucketName bucket;
  private final Pointers pointers;
  private final Manifests manifests;

  /// The packages of a bucket.
  ///
  /// @param store reaches the bucket with the rights of the caller
  /// @param bucket holds the packages
  public Registry(ObjectStore store, BucketName bucket) {
    this.store = store;
    this.bucket = bucket;
    this.pointers = new Pointers(store, bucket);
    this.manifests = new Manifests(store, bucket);
  }

  /// The bucket.
  public BucketName bucket() {
    return bucket;
  }

  /// A page of the packages, in the order of their names.
  ///
  /// @param prefix only names that begin with it; may hold a slash
  /// @param limit the most names on the page, from 1
  /// @param after only names behind this one
  /// @return the page; without names when there are none
  public PackagePage packages(String prefix, int limit, Optional<PackageName> after) {
    return new PackageNames(store, bucket).list(prefix, limit, after);
  }

  /// The current revision of a package.
  ///
  /// @param name the package
  /// @return what `latest` names, which after a rollback is not the newest
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such package, or it has no `latest`
  public TopHash latest(PackageName name) {
    return findLatest(name).orElseThrow(() -> noLatest(name));
  }

  /// The current revision of a package that may not exist.
  ///
  /// @param name the package
  /// @return what `latest` names, or empty when there is no such package
  public Optional<TopHash> findLatest(PackageName name) {
    return pointers.find(name, RevisionReference.LATEST).map(Pointer::hash);
  }

  /// One pointer of a package.
  ///
  /// @param name the package
  /// @param pointer `latest`, the time of a push, or a tag
  /// @return the pointer, or empty when there is none of that name
  public Optional<Pointer> pointer(PackageName name, String pointer) {
    return pointers.find(name, pointer);
  }

  /// The names of all pointers of a package, none of which is read.
  ///
  /// @param name the package
  /// @return in key order; none when there is no such package
  public List<String> pointerNames(PackageName name) {
    return pointers.names(name);
  }

  /// What can be said of a package with one listing and one read.
  ///
  /// @param name the package
  /// @return the overview
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such package
  public PackageOverview overview(PackageName name) {
    return findOverview(name).orElseThrow(() -> noPackage(name));
  }

  /// The overviews of several packages, read side by side.
  ///
  /// @param names the packages
  /// @return in the order of the names; without those that are gone meanwhile
  public List<PackageOverview> overviews(List<PackageName> names) {
    return InParallel.map(names, this::findOverview).stream().flatMap(Optional::stream).toList();
  }

  private Optional<PackageOverview> findOverview(PackageName name) {
    List<String> names = pointers.names(name);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pointer> latest = readable(name, RevisionReference.LATEST);
    return Optional.of(
        new PackageOverview(
            name,
            latest.map(Pointer::hash),
            latest.map(Pointer::modified),
            names.stream().filter(Pointer::isTime).count()));
  }

  /// One damaged pointer must not hide all others.
  private Optional<Pointer> readable(PackageName name, String pointer) {
    try {
      return pointers.find(name, pointer);
    } catch (Fault e) {
      if (e.code() == FaultCode.CORRUPT_DATA) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// All pointers of a package, each of which is read.
  ///
  /// @param name the package
  /// @return times first, oldest first, then `latest` and tags by name
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such package
  public List<Pointer> pointers(PackageName name) {
    List<String> names = pointers.names(name);
    if (names.isEmpty()) {
      throw noPackage(name);
    }
    names.sort(TIMES_FIRST);
    return InParallel.map(names, pointer -> pointers.find(name, pointer)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /// The distinct revisions of a package.
  ///
  /// @param name the package
  /// @return newest push first
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such package
  public List<PackageRevision> revisions(PackageName name) {
    return revisions(pointers(name));
  }

  /// The newest revisions of a package, and those that have a name, without a look at all others.
  /// Pointers that hold no hash are passed over.
  ///
  /// @param name the package
  /// @param limit the most pointers that are read
  /// @return newest push first
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such package
  public List<PackageRevision> newestRevisions(PackageName name, int limit) {
    List<String> names = pointers.names(name);
    if (names.isEmpty()) {
      throw noPackage(name);
    }
    List<String> chosen =
        names.stream().sorted(NAMED_THEN_NEWEST).limit(limit).sorted(TIMES_FIRST).toList();
    return revisions(
        InParallel.map(chosen, pointer -> readable(name, pointer)).stream()
            .flatMap(Optional::stream)
            .toList());
  }

  private static List<PackageRevision> revisions(List<Pointer> pointers) {
    Map<TopHash, List<Pointer>> byHash = new LinkedHashMap<>();
    for (Pointer pointer : pointers) {
      byHash.computeIfAbsent(pointer.hash(), _ -> new ArrayList<>()).add(pointer);
    }
    return byHash.entrySet().stream()
        .map(revision -> new PackageRevision(revision.getKey(), revision.getValue()))
        .sorted(PackageRevision.NEWEST_FIRST)
        .toList();
  }

  /// Finds the revision that a caller means.
  ///
  /// A whole top hash is taken as it is, whether it exists shows when it is opened. The beginning
  /// of one, from 6 digits, is looked up in the whole registry; digits that begin no hash may also
  /// be the time of a push.
  ///
  /// @param name the package
  /// @param reference which revision
  /// @return its top hash
  /// @throws Fault [FaultCode#NOT_FOUND] or [FaultCode#INVALID_ARGUMENT]
  public TopHash resolve(PackageName name, RevisionReference reference) {
    return switch (reference) {
      case RevisionReference.Latest() -> latest(name);
      case RevisionReference.Tag(String tag) -> tagged(name, tag);
      case RevisionReference.Hash(String prefix) -> hashed(name, prefix);
    };
  }

  private TopHash tagged(PackageName name, String tag) {
    Optional<Pointer> pointer = pointers.find(name, tag);
    if (pointer.isEmpty()) {
      if (pointers.names(name).isEmpty()) {
        throw noPackage(name);
      }
      throw new Fault(
          FaultCode.NOT_FOUND,
          "Package %s in registry s3://%s has no tag %s".formatted(name, bucket, Quoted.of(tag)));
    }
    return pointer.get().hash();
  }

  private TopHash hashed(PackageName name, String prefix) {
    if (prefix.length() == TopHash.LENGTH) {
      return new TopHash(prefix);
    }
    if (prefix.length() < MIN_PREFIX || prefix.length() > TopHash.LENGTH) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "Invalid hash: " + Quoted.of(prefix));
    }
    List<TopHash> found = manifests.beginningWith(prefix);
    if (found.size() > 1) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "Found multiple matches: " + Quoted.of(prefix));
    }
    if (found.isEmpty() && Pointer.isTime(prefix)) {
      found = pointers.find(name, prefix).map(Pointer::hash).stream().toList();
    }
    if (found.isEmpty()) {
      throw new Fault(FaultCode.NOT_FOUND, "Found zero matches for " + Quoted.of(prefix));
    }
    return found.getFirst();
  }

  /// Opens a manifest.
  ///
  /// @param hash the revision
  /// @return a reader; the caller closes it
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such revision
  public ManifestReader open(TopHash hash) {
    return manifests.open(hash);
  }

  /// A manifest that can be opened more than once, see [#open].
  ///
  /// @param hash the revision; whether it exists shows when it is opened
  /// @return the source
  public ManifestSource manifest(TopHash hash) {
    return () -> open(hash);
  }

  /// Reads the first line of a manifest and no more of the file than that takes.
  ///
  /// @param hash the revision
  /// @return message, metadata and workflow
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such revision
  public ManifestHeader header(TopHash hash) {
    return manifests.header(hash);
  }

  private Fault noLatest(PackageName name) {
    List<String> names = pointers.names(name);
    if (names.isEmpty()) {
      return noPackage(name);
    }
    names.sort(TIMES_FIRST);
    return new Fault(
        FaultCode.NOT_FOUND,
        "Package %s in registry s3://%s has no latest revision; name another one, for example %s"
            .formatted(name, bucket, Quoted.of(names.getFirst())));
  }

  private Fault noPackage(PackageName name) {
    return new Fault(
        FaultCode.NOT_FOUND,
        "Package %s does not exist in registry s3://%s".formatted(name, bucket));
  }
}
