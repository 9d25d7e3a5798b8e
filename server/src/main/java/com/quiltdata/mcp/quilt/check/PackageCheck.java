package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestLine;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.manifest.TopHasher;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Checks revisions of one registry: what others wrote is found and named, nothing is changed.
/// Thread-safe; keeps some hundred entries and the listed findings in memory.
public final class PackageCheck {
  private static final int BATCH = 500;

  private final ObjectStore store;
  private final Registry registry;
  private final Predicate<BucketName> reach;

  /// Checks packages of a bucket.
  ///
  /// @param store reads with the rights of the caller
  /// @param bucket the registry
  /// @param reach which buckets the caller may read, for manifests may name any
  public PackageCheck(ObjectStore store, BucketName bucket, Predicate<BucketName> reach) {
    this.store = store;
    this.registry = new Registry(store, bucket);
    this.reach = reach;
  }

  /// Checks one revision.
  ///
  /// @param hash its top hash
  /// @param depth how closely
  /// @param limit how many findings are listed; all are counted
  /// @param progress hears how far it is
  /// @return what was found
  /// @throws Fault [FaultCode#CANCELLED] when the thread is interrupted, and what ends every other
  ///   call: [FaultCode#UPSTREAM_UNAVAILABLE] and [FaultCode#TIMEOUT]
  public CheckReport check(TopHash hash, CheckDepth depth, int limit, CheckProgress progress) {
    Run run = new Run(new EntryCheck(store, reach, depth), new Findings(limit), progress);
    try (ManifestReader manifest = registry.open(hash)) {
      run.read(manifest);
    } catch (Fault e) {
      run.note(e, OptionalInt.empty());
    }
    Optional<TopHash> computed = run.topHash(hash);
    return new CheckReport(
        hash, computed, run.entries, run.totalBytes, run.findings.counts(), run.findings.kept());
  }

  /// One check.
  private final class Run {
    private final EntryCheck objects;
    private final Findings findings;
    private final CheckProgress progress;
    private final List<ReadEntry> batch = new ArrayList<>();
    private Optional<LogicalKey> last = Optional.empty();
    private int line = 1;
    private long entries;
    private long totalBytes;

    private Run(EntryCheck objects, Findings findings, CheckProgress progress) {
      this.objects = objects;
      this.findings = findings;
      this.progress = progress;
    }

    void read(ManifestReader manifest) {
      boolean more = true;
      while (more) {
        line++;
        try {
          Optional<ManifestLine> next = manifest.next();
          next.filter(ManifestEntry.class::isInstance)
              .map(ManifestEntry.class::cast)
              .ifPresent(this::take);
          more = next.isPresent();
        } catch (Fault e) {
          note(e, OptionalInt.of(line));
          // Behind a line that is broken there are others.
          more = e.code() == FaultCode.CORRUPT_DATA;
        }
        if (batch.size() == BATCH || !more) {
          findings.addAll(objects.check(batch));
          batch.clear();
          progress.checked(entries);
        }
      }
    }

    private void take(ManifestEntry entry) {
      ReadEntry read = new ReadEntry(entry, line);
      entries++;
      totalBytes += entry.sizeBytes().orElse(0);
      if (last.filter(before -> before.compareTo(entry.logicalKey()) > 0).isPresent()) {
        findings.add(
            read.finding(
                FindingCode.OUT_OF_ORDER,
                "%s stands behind %s, which it should stand before"
                    .formatted(
                        Quoted.of(entry.logicalKey().value()), Quoted.of(last.get().value()))));
      }
      last = Optional.of(entry.logicalKey());
      if (entry.hash().isEmpty() || entry.sizeBytes().isEmpty()) {
        findings.add(
            read.finding(
                FindingCode.NOT_HASHED,
                "%s has no size or no hash".formatted(Quoted.of(entry.logicalKey().value()))));
      }
      entry
          .hash()
          .filter(hash -> hash.kind().isEmpty())
          .map(ObjectHash::type)
          .ifPresent(type ->
              findings.add(
                  read.finding(
                      FindingCode.UNKNOWN_HASH_TYPE,
                      "The hash of %s is of type %s, which is not known"
                          .formatted(Quoted.of(entry.logicalKey().value()), Quoted.of(type)))));
      batch.add(read);
    }

    /// Makes a finding of a fault that is about the manifest.
    void note(Fault fault, OptionalInt at) {
      FindingCode code;
      if (fault.code() == FaultCode.NOT_FOUND) {
        code = FindingCode.MISSING_MANIFEST;
      } else if (fault.code() == FaultCode.TOO_LARGE) {
        code = FindingCode.MANIFEST_TOO_LARGE;
      } else if (fault.code() == FaultCode.CORRUPT_DATA) {
        code = FaultyLine.code(fault);
      } else {
        // Not about the manifest but about the call.
        throw fault;
      }
      findings.add(new Finding(code, Optional.empty(), at, fault.text()));
    }

    /// Hashes the manifest. What keeps it from having a hash was found before, but for keys that
    /// stand there twice and far apart.
    Optional<TopHash> topHash(TopHash name) {
      if (findings.has(FindingCode.MISSING_MANIFEST)
          || findings.has(FindingCode.MANIFEST_TOO_LARGE)
          || findings.has(FindingCode.BROKEN_LINE)
          || findings.has(FindingCode.DUPLICATE_KEY)
          || findings.has(FindingCode.FILE_AND_FOLDER)
          || findings.has(FindingCode.NOT_HASHED)) {
        return Optional.empty();
      }
      try {
        TopHash computed = TopHasher.hash(registry.manifest(name));
        if (!computed.equals(name)) {
          findings.add(
              new Finding(
                  FindingCode.WRONG_TOP_HASH,
                  Optional.empty(),
                  OptionalInt.empty(),
                  "The content of the manifest hashes to %s, not to its name %s"
                      .formatted(computed, name)));
        }
        return Optional.of(computed);
      } catch (Fault e) {
        note(e, OptionalInt.empty());
        return Optional.empty();
      }
    }
  }
}
