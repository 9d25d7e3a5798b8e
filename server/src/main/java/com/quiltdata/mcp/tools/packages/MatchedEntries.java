package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.quilt.TreeOrder;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestSource;
import com.quiltdata.mcp.quilt.manifest.OrderedManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A page of the entries that fit a query and the numbers of all, made in one pass over the
/// manifest; no more than the page is kept in memory.
///
/// @param totalEntries of the revision
/// @param totalMatches of them that fit
/// @param totalBytes of those that fit
/// @param page in tree order
/// @param hasMore whether others follow behind the page
record MatchedEntries(
    long totalEntries,
    long totalMatches,
    long totalBytes,
    List<ManifestEntry> page,
    boolean hasMore) {

  MatchedEntries {
    page = List.copyOf(page);
  }

  static MatchedEntries of(
      ManifestSource manifest, EntryQuery query, int limit, Optional<String> after) {
    return OrderedManifest.of(manifest).read(entries -> of(entries, query, limit, after));
  }

  private static MatchedEntries of(
      EntryCursor entries, EntryQuery query, int limit, Optional<String> after) {
    long total = 0;
    long matches = 0;
    long bytes = 0;
    boolean hasMore = false;
    List<ManifestEntry> page = new ArrayList<>();
    for (var next = entries.next(); next.isPresent(); next = entries.next()) {
      total++;
      ManifestEntry entry = next.get();
      if (!query.fits(entry)) {
        continue;
      }
      matches++;
      bytes += entry.sizeBytes().orElse(0);
      if (after.filter(last -> !isBehind(entry, last)).isPresent()) {
        continue;
      }
      if (page.size() < limit) {
        page.add(entry);
      } else {
        hasMore = true;
      }
    }
    return new MatchedEntries(total, matches, bytes, page, hasMore);
  }

  private static boolean isBehind(ManifestEntry entry, String last) {
    return TreeOrder.INSTANCE.compare(entry.logicalKey().value(), last) > 0;
  }
}
