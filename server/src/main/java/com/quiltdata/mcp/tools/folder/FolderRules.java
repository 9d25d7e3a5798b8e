package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// In which folder of an organised package a file belongs: by its extension, unless a word in its
/// path says better.
final class FolderRules {
  private static final String OTHERS = "data/misc";
  private static final Map<String, List<String>> EXTENSIONS =
      Map.of(
          "data/processed",
          List.of("csv", "tsv", "parquet", "json", "xml", "jsonl"),
          "data/raw",
          List.of("log", "txt", "raw"),
          "docs",
          List.of("md", "rst", "pdf", "docx"),
          "docs/schemas",
          List.of("schema"),
          "metadata",
          List.of("yml", "yaml", "toml", "ini", "conf"),
          "data/media",
          List.of("png", "jpg", "jpeg", "mp4", "avi"));

  private record Words(List<String> words, String folder) {}

  /// The first that fits is taken.
  private static final List<Words> WORDS =
      List.of(
          new Words(List.of("readme", "documentation"), "docs"),
          new Words(List.of("schema", "definition"), "docs/schemas"),
          new Words(List.of("config", "settings"), "metadata"));

  private FolderRules() {}

  /// The folder of a file.
  ///
  /// @param path of the object below the prefix: the prefix itself tells nothing, all have it
  /// @return without a slash at either end
  static String folder(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    for (Words rule : WORDS) {
      if (rule.words().stream().anyMatch(lower::contains)) {
        return rule.folder();
      }
    }
    return byExtension(path.substring(path.lastIndexOf('/') + 1));
  }

  private static String byExtension(String name) {
    String extension = FileType.of(new LogicalKey(name));
    return EXTENSIONS.entrySet().stream()
        .filter(rule -> rule.getValue().contains(extension))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OTHERS);
  }
}
