package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts entries that come in tree order.
final class SummaryCounter {
  private static final int MAX_TYPES = 1_000;

  private final SortedMap<String, Long> types = new TreeMap<>();
  private long files;
  private long directories;
  private long totalBytes;
  private String lastKey = "";

  void add(LogicalKey key, long sizeBytes) {
    files++;
    totalBytes = saturated(totalBytes, sizeBytes);
    directories += newFolders(lastKey, key.value());
    lastKey = key.value();
    String type = FileType.of(key);
    boolean full = types.size() >= MAX_TYPES && !types.containsKey(type);
    types.merge(full ? FileType.NONE : type, 1L, Long::sum);
  }

  static long saturated(long sum, long more) {
    return sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
  }

  /// In tree order a folder comes in one piece, so each slash behind the common part is a new one.
  private static int newFolders(String before, String key) {
    int end = Math.min(before.length(), key.length());
    int at = 0;
    while (at < end && before.charAt(at) == key.charAt(at)) {
      at++;
    }
    return (int) key.chars().skip(at).filter(c -> c == '/').count();
  }

  ManifestSummary summary() {
    return new ManifestSummary(files, directories, totalBytes, types);
  }
}
