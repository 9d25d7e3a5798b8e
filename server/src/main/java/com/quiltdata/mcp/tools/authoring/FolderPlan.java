package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.storage.ObjectInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the files of a package go: into folders by what they are, or where their paths say.
final class FolderPlan {
  private static final Map<String, String> BY_EXTENSION = new HashMap<>();
  private static final String OTHERS = "data/misc";

  static {
    put("data/processed", "csv", "tsv", "parquet", "json", "xml", "jsonl");
    put("data/raw", "log", "txt", "raw");
    put("docs", "md", "rst", "pdf", "docx");
    put("docs/schemas", "schema");
    put("metadata", "yml", "yaml", "toml", "ini", "conf");
    put("data/media", "png", "jpg", "jpeg", "mp4", "avi");
  }

  private FolderPlan() {}

  private static void put(String folder, String... extensions) {
    for (String extension : extensions) {
      BY_EXTENSION.put(extension, folder);
    }
  }

  /// Places files.
  ///
  /// @param organize whether into folders by what they are; they keep their paths below those
  /// @return the objects by their logical keys, in tree order
  static SortedMap<LogicalKey, ObjectInfo> of(SourceObjects source, boolean organize) {
    SortedMap<LogicalKey, ObjectInfo> files = new TreeMap<>();
    for (ObjectInfo info : source.objects()) {
      String path = source.path(info);
      files.put(new LogicalKey(organize ? organized(path, files) : path), info);
    }
    return files;
  }

  private static String organized(String path, Map<LogicalKey, ObjectInfo> taken) {
    String folder = folder(path);
    // What stands in its folder already is not put into one of the same name below it.
    String placed = path.startsWith(folder + "/") ? path : folder + "/" + path;
    return taken.containsKey(new LogicalKey(placed)) ? folder + "/" + path : placed;
  }

  /// The folder for a file: by its extension, else by words in its path.
  static String folder(String path) {
    String byExtension = BY_EXTENSION.get(FileType.of(new LogicalKey(path)));
    if (byExtension != null) {
      return byExtension;
    }
    String words = path.toLowerCase(Locale.ROOT);
    if (hasOne(words, "readme", "documentation")) {
      return "docs";
    }
    if (hasOne(words, "schema", "definition")) {
      return "docs/schemas";
    }
    return hasOne(words, "config", "settings") ? "metadata" : OTHERS;
  }

  private static boolean hasOne(String text, String... words) {
    return List.of(words).stream().anyMatch(text::contains);
  }
}
