package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows of a quilt_summarize.json: what the catalog shows of a package at first sight.
final class SummaryRows {
  private static final int MAX_FILES = 6;

  /// How the catalog shows files; those with an empty name it shows by itself.
  private static final Map<String, String> SHOWN_AS =
      Map.ofEntries(
          Map.entry("csv", "perspective"),
          Map.entry("tsv", "perspective"),
          Map.entry("parquet", "perspective"),
          Map.entry("xlsx", "perspective"),
          Map.entry("json", "json"),
          Map.entry("ipynb", "jupyter"),
          Map.entry("html", "html"),
          Map.entry("md", ""),
          Map.entry("pdf", ""),
          Map.entry("png", ""),
          Map.entry("jpg", ""),
          Map.entry("jpeg", ""));

  private SummaryRows() {}

  /// Rows for the first files that can be shown, a README before them.
  static ArrayNode of(Iterable<LogicalKey> files, boolean withReadme) {
    ArrayNode rows = StrictJson.NODES.arrayNode();
    if (withReadme) {
      rows.addObject().put("path", PackageDraft.README.value()).put("expand", true);
    }
    int count = 0;
    for (LogicalKey key : files) {
      Optional<String> shown = Optional.ofNullable(SHOWN_AS.get(FileType.of(key)));
      if (shown.isEmpty() || key.equals(PackageDraft.README)) {
        continue;
      }
      if (count++ == MAX_FILES) {
        break;
      }
      ObjectNode row = rows.addObject().put("path", key.value()).put("title", key.name());
      shown.filter(type -> !type.isEmpty()).ifPresent(type -> row.putArray("types").add(type));
    }
    return rows;
  }
}
