package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `quilt_summarize.json`: what the catalog shows at the top of a package. An array of rows; a row
/// is a path, an object, or an array of objects side by side.
final class SummaryFile {
  /// Its logical key.
  static final String NAME = "quilt_summarize.json";

  private static final int MAX_OF_A_KIND = 4;
  private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "gif", "webp", "svg");
  private static final Set<String> TABLES = Set.of("csv", "tsv", "parquet");

  private final ArrayNode rows = StrictJson.NODES.arrayNode();
  private int visualizations;

  private SummaryFile() {}

  /// Chooses what to show: READMEs, charts, images, notebooks, tables, a few of each.
  ///
  /// @param files of the package, in tree order
  /// @param hasReadme whether a `README.md` is added to them
  static SummaryFile of(SortedMap<LogicalKey, SourceObject> files, boolean hasReadme) {
    SummaryFile file = new SummaryFile();
    if (hasReadme) {
      file.rows.add(Readme.NAME);
    }
    find(files, key -> key.name().equalsIgnoreCase(Readme.NAME))
        .forEach(key -> file.rows.add(key.value()));
    find(files, SummaryFile::isChart).forEach(key -> file.show(key, "echarts"));
    file.showImages(find(files, key -> IMAGES.contains(FileType.of(key))));
    find(files, key -> FileType.of(key).equals("ipynb")).forEach(key -> file.show(key, "jupyter"));
    find(files, key -> TABLES.contains(FileType.of(key)))
        .forEach(key -> file.show(key, "perspective"));
    return file;
  }

  private static List<LogicalKey> find(
      SortedMap<LogicalKey, SourceObject> files, Predicate<LogicalKey> wanted) {
    return files.entrySet().stream()
        .filter(file -> file.getValue().sizeBytes() > 0)
        .map(Map.Entry::getKey)
        .filter(wanted)
        .limit(MAX_OF_A_KIND)
        .toList();
  }

  /// By its name, for no file is opened: `viz_*.json` is what create_data_visualization writes.
  private static boolean isChart(LogicalKey key) {
    String name = key.name().toLowerCase(Locale.ROOT);
    return name.endsWith(".json") && (name.startsWith("viz_") || name.contains("echarts"));
  }

  private void show(LogicalKey key, String type) {
    ObjectNode cell = rows.add(cell(key)).get(rows.size() - 1).asObject();
    cell.putArray("types").addObject().put("name", type);
    cell.put("expand", true);
    visualizations++;
  }

  private void showImages(List<LogicalKey> images) {
    for (int i = 0; i < images.size(); i += 2) {
      ArrayNode row = rows.addArray();
      images.subList(i, Math.min(i + 2, images.size())).forEach(key -> row.add(cell(key)));
    }
    visualizations += images.size();
  }

  private static ObjectNode cell(LogicalKey key) {
    return StrictJson.NODES.objectNode().put("path", key.value()).put("title", key.name());
  }

  /// Whether there is nothing to show.
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// How many charts, images, notebooks and tables are shown.
  int visualizations() {
    return visualizations;
  }

  /// The rows.
  ArrayNode rows() {
    return rows;
  }

  /// The text of the file, with a line end at its end.
  String text() {
    return rows.toPrettyString().replace("\r\n", "\n") + "\n";
  }
}
