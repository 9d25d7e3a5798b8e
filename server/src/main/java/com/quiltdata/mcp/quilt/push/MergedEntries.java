package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The entries of a base with changes put over them, in tree order, no more than one in memory.
final class MergedEntries implements EntryCursor {
  private final ManifestHeader header;
  private final EntryCursor base;
  private final Iterator<Map.Entry<LogicalKey, Optional<ManifestEntry>>> changes;
  private Optional<ManifestEntry> kept;
  private Optional<Map.Entry<LogicalKey, Optional<ManifestEntry>>> change;
  private Optional<LogicalKey> last = Optional.empty();

  /// Starts at the first entry.
  ///
  /// @param header of the merged revision
  /// @param base closed with this cursor
  /// @param changes new entries, empty for keys that go
  MergedEntries(
      ManifestHeader header,
      EntryCursor base,
      SortedMap<LogicalKey, Optional<ManifestEntry>> changes) {
    this.header = header;
    this.base = base;
    this.changes = changes.entrySet().iterator();
    this.kept = base.next();
    this.change = nextChange();
  }

  private Optional<Map.Entry<LogicalKey, Optional<ManifestEntry>>> nextChange() {
    return changes.hasNext() ? Optional.of(changes.next()) : Optional.empty();
  }

  @Override
  public ManifestHeader header() {
    return header;
  }

  @Override
  public Optional<ManifestEntry> next() {
    while (kept.isPresent() || change.isPresent()) {
      Cancellation.check();
      int order = order();
      Optional<ManifestEntry> entry = order < 0 ? kept : change.orElseThrow().getValue();
      kept = order <= 0 ? base.next() : kept;
      change = order >= 0 ? nextChange() : change;
      if (entry.isPresent()) {
        requireApart(entry.get().logicalKey());
        return entry;
      }
    }
    return Optional.empty();
  }

  private int order() {
    if (kept.isEmpty() || change.isEmpty()) {
      return kept.isEmpty() ? 1 : -1;
    }
    return kept.get().logicalKey().compareTo(change.get().getKey());
  }

  /// In tree order all that lies below a key comes right behind it.
  private void requireApart(LogicalKey key) {
    if (last.filter(before -> before.isFolderOf(key)).isPresent()) {
      throw new Fault(
          FaultCode.INVALID_LOGICAL_KEY,
          "%s is a file of the package, so %s cannot be one: rename one of them, or remove the first"
              .formatted(Quoted.of(last.get().value()), Quoted.of(key.value())));
    }
    last = Optional.of(key);
  }

  @Override
  public void close() {
    base.close();
  }
}
