package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.EntrySource;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.ManifestLimits;
import com.quiltdata.mcp.quilt.manifest.MeasuredManifest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A revision in the making.
///
/// @param header of the new revision
/// @param base what it starts from
/// @param changes new entries, empty for keys that go; hashes and places may be missing until they
///   are known
record Draft(
    ManifestHeader header, EntrySource base, SortedMap<LogicalKey, Optional<ManifestEntry>> changes)
    implements EntrySource {
  /// As long as any; of no bytes.
  private static final ObjectHash STAND_IN =
      new ObjectHash("sha2-256-chunked", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");

  @Override
  public EntryCursor open() {
    return new MergedEntries(header, base.open(), changes);
  }

  /// The same with another header.
  Draft with(ManifestHeader other) {
    return new Draft(other, base, changes);
  }

  /// The same with what became known of its changes.
  Draft with(SortedMap<LogicalKey, Optional<ManifestEntry>> known) {
    return new Draft(header, base, known);
  }

  /// Whether the hash of each new entry is known.
  boolean isHashed() {
    return changes.values().stream()
        .flatMap(Optional::stream)
        .allMatch(entry -> entry.hash().isPresent());
  }

  /// The same with a stand-in for every hash that is not known, to measure all but the top hash.
  Draft withStandIns() {
    SortedMap<LogicalKey, Optional<ManifestEntry>> filled = new TreeMap<>(changes);
    filled.replaceAll((_, entry) -> entry.map(Draft::withHash));
    return with(filled);
  }

  private static ManifestEntry withHash(ManifestEntry entry) {
    return new ManifestEntry(
        entry.logicalKey(),
        entry.physicalUri(),
        entry.size(),
        entry.hash().or(() -> Optional.of(STAND_IN)),
        entry.meta());
  }

  /// Computes the top hash.
  ///
  /// @throws Fault [FaultCode#TOO_LARGE] when readers would not take the manifest
  MeasuredManifest measure() {
    try (EntryCursor entries = open()) {
      MeasuredManifest measured = MeasuredManifest.of(entries);
      ManifestLimits limits = ManifestLimits.DEFAULT;
      if (measured.entries() >= limits.lines() || measured.sizeBytes() > limits.bytes()) {
        throw new Fault(
            FaultCode.TOO_LARGE,
            "The manifest would have %d entries and %d bytes; a package has less than %d files and at most %d bytes: make several packages of it"
                .formatted(
                    measured.entries(), measured.sizeBytes(), limits.lines(), limits.bytes()));
      }
      return measured;
    }
  }
}
