package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What one walk over the base shows, before anything else is done.
///
/// @param header of the base
/// @param replaced changed keys that the base has
/// @param moved entries that are not changed but cannot stay as they are: their bytes have to be
///   copied, or their hash is missing
record BaseScan(
    ManifestHeader header, Set<LogicalKey> replaced, SortedMap<LogicalKey, ManifestEntry> moved) {

  /// Walks the base with the changes put over it.
  ///
  /// @param base from its first entry
  /// @param changes what is put over it
  /// @param stays whether an entry may stay as it is
  /// @throws Fault [FaultCode#INVALID_LOGICAL_KEY] for a key that would be a file and a folder,
  ///   [FaultCode#NOT_FOUND] for a key to remove that is not there, [FaultCode#TOO_LARGE] when too
  ///   many entries have to move
  static BaseScan of(
      EntryCursor base, SortedMap<LogicalKey, Change> changes, Predicate<ManifestEntry> stays) {
    BaseScan scan = new BaseScan(base.header(), new HashSet<>(), new TreeMap<>());
    Set<LogicalKey> changed = new HashSet<>(changes.keySet());
    EntryCursor watched =
        new EntryCursor() {
          @Override
          public ManifestHeader header() {
            return base.header();
          }

          @Override
          public Optional<ManifestEntry> next() {
            Optional<ManifestEntry> entry = base.next();
            entry.ifPresent(one -> scan.see(one, changed.contains(one.logicalKey()), stays));
            return entry;
          }
        };
    new MergedEntries(base.header(), watched, keysOf(changes)).forEach(_ -> {});
    changes.forEach((key, change) -> {
      if (change instanceof Change.Remove && !scan.replaced.contains(key)) {
        throw new Fault(
            FaultCode.NOT_FOUND,
            "%s cannot be removed: the package has no such file".formatted(Quoted.of(key.value())));
      }
    });
    return scan;
  }

  private void see(ManifestEntry entry, boolean changed, Predicate<ManifestEntry> stays) {
    if (changed) {
      replaced.add(entry.logicalKey());
    } else if (!stays.test(entry)) {
      moved.put(entry.logicalKey(), entry);
      if (moved.size() > PackageEdit.MAX_CHANGES) {
        throw new Fault(
            FaultCode.TOO_LARGE,
            "More than %d files would have to be copied or hashed in one push; reference them, or push them in several steps"
                .formatted(PackageEdit.MAX_CHANGES));
      }
    }
  }

  /// Entries that stand for their keys.
  private static SortedMap<LogicalKey, Optional<ManifestEntry>> keysOf(
      SortedMap<LogicalKey, Change> changes) {
    SortedMap<LogicalKey, Optional<ManifestEntry>> keys = new TreeMap<>();
    for (Map.Entry<LogicalKey, Change> change : changes.entrySet()) {
      boolean goes = change.getValue() instanceof Change.Remove;
      keys.put(change.getKey(), goes ? Optional.empty() : Optional.of(standIn(change.getKey())));
    }
    return keys;
  }

  private static ManifestEntry standIn(LogicalKey key) {
    return new ManifestEntry(
        key, "", StrictJson.NODES.nullNode(), Optional.empty(), StrictJson.NODES.objectNode());
  }
}
