package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.EntrySource;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Entries of a revision in the making.
final class TestEntries {
  private static final ManifestHeader HEADER =
      new ManifestHeader(StrictJson.NODES.objectNode().put("version", "v0"));

  private TestEntries() {}

  /// Entries without metadata.
  ///
  /// @param sizes by logical key
  static EntrySource of(Map<String, Integer> sizes) {
    List<ManifestEntry> entries =
        sizes.entrySet().stream()
            .map(file -> entry(file.getKey(), file.getValue(), StrictJson.NODES.objectNode()))
            .sorted(Comparator.comparing(ManifestEntry::logicalKey))
            .toList();
    return of(entries);
  }

  static EntrySource of(List<ManifestEntry> entries) {
    return () -> new Cursor(entries.iterator());
  }

  static ManifestEntry entry(String key, long size, ObjectNode meta) {
    return ManifestEntry.of(
        new LogicalKey(key),
        PhysicalKey.parse("s3://some-bucket/x"),
        size,
        new ObjectHash("SHA256", "00"),
        meta);
  }

  private record Cursor(Iterator<ManifestEntry> left) implements EntryCursor {
    @Override
    public ManifestHeader header() {
      return HEADER;
    }

    @Override
    public Optional<ManifestEntry> next() {
      return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }
  }
}
