package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.storage.BucketName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Objects below a prefix, for tests without storage.
final class TestFolder {
  private TestFolder() {}

  static SourceFolder source(String prefix) {
    return new SourceFolder(new BucketName("team"), prefix);
  }

  /// Objects that are as long as their keys.
  static List<SourceObject> objects(String... keys) {
    return Stream.of(keys).map(key -> new SourceObject(key, key.length())).toList();
  }

  static FolderPlan organised(String prefix, String... keys) {
    return FolderPlan.of(objects(keys), source(prefix), true);
  }

  static FolderPlan kept(String prefix, String... keys) {
    return FolderPlan.of(objects(keys), source(prefix), false);
  }

  /// Logical keys and the keys of their objects.
  static Map<String, String> paths(FolderPlan plan) {
    Map<String, String> paths = new LinkedHashMap<>();
    for (Map.Entry<LogicalKey, SourceObject> file : plan.files().entrySet()) {
      paths.put(file.getKey().value(), file.getValue().key());
    }
    return paths;
  }
}
