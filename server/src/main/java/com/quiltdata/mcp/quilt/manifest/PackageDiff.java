package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TreeOrder;
import com.quiltdata.mcp.storage.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What changed from one revision to another: size, hash or metadata of entries.
///
/// Where bytes are, the header and metadata of folders do not count. A move is a deletion and an
/// addition. The same bytes under two kinds of hash count as modified.
///
/// @param added only in the second revision, in code-point order of the whole key
/// @param deleted only in the first revision, in tree order
/// @param modified in both and different, in tree order
public record PackageDiff(Changes added, Changes deleted, Changes modified) {

  /// Changes of one kind.
  ///
  /// @param count all of them
  /// @param keys the first of them
  public record Changes(long count, List<LogicalKey> keys) {
    /// Copies the keys.
    public Changes {
      keys = List.copyOf(keys);
    }

    /// Whether there are more changes than keys.
    public boolean isTruncated() {
      return count > keys.size();
    }
  }

  /// Compares two manifests, which are streamed side by side when they are in tree order.
  ///
  /// @param from the first revision
  /// @param to the second revision
  /// @param limit the most keys that are kept of each kind of change
  /// @return the changes
  public static PackageDiff between(ManifestSource from, ManifestSource to, int limit) {
    return OrderedManifest.readBoth(from, to, (left, right) -> merge(left, right, limit));
  }

  private static PackageDiff merge(LineCursor from, LineCursor to, int limit) {
    FirstOf added = new FirstOf(new TreeSet<>(new KeyOrder()), limit);
    FirstOf deleted = new FirstOf(new TreeSet<>(TreeOrder.INSTANCE), limit);
    FirstOf modified = new FirstOf(new TreeSet<>(TreeOrder.INSTANCE), limit);
    boolean hasLeft = from.advance();
    boolean hasRight = to.advance();
    while (hasLeft || hasRight) {
      int order = !hasLeft ? 1 : !hasRight ? -1 : from.entry().compareKey(to.entry());
      if (order < 0) {
        deleted.add(from.entry());
      } else if (order > 0) {
        added.add(to.entry());
      } else if (!from.entry().hasSameContent(to.entry())) {
        modified.add(from.entry());
      }
      if (order <= 0) {
        hasLeft = from.advance();
      }
      if (order >= 0) {
        // Most entries of two revisions are the same, byte for byte.
        hasRight = hasLeft ? to.advance(from.entry()) : to.advance();
      }
    }
    return new PackageDiff(added.changes(), deleted.changes(), modified.changes());
  }

  /// Whether nothing changed that counts.
  public boolean isEmpty() {
    return added.count() + deleted.count() + modified.count() == 0;
  }

  /// Counts keys and keeps the first in its order.
  private static final class FirstOf {
    private final NavigableSet<String> keys;
    private final int limit;
    private long count;

    private FirstOf(NavigableSet<String> keys, int limit) {
      this.keys = keys;
      this.limit = limit;
    }

    void add(EntryLine entry) {
      count++;
      keys.add(entry.key());
      if (keys.size() > limit) {
        keys.removeLast();
      }
    }

    Changes changes() {
      List<LogicalKey> result = new ArrayList<>(keys.size());
      keys.forEach(key -> result.add(new LogicalKey(key)));
      return new Changes(count, result);
    }
  }
}
