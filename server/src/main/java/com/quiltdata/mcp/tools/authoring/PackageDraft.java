package com.quiltdata.mcp.tools.authoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.push.Change;
import com.quiltdata.mcp.storage.ObjectInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A package in the making from objects of a bucket.
///
/// @param files by logical key
/// @param metadata of the package
/// @param readme text of README.md, unless the files have one
/// @param summary rows of quilt_summarize.json, unless the files have one
record PackageDraft(
    SortedMap<LogicalKey, ObjectInfo> files,
    ObjectNode metadata,
    Optional<String> readme,
    Optional<ArrayNode> summary) {
  static final LogicalKey README = new LogicalKey("README.md");
  static final LogicalKey SUMMARY = new LogicalKey("quilt_summarize.json");

  /// What is to be pushed.
  SortedMap<LogicalKey, Change> changes() {
    SortedMap<LogicalKey, Change> changes = new TreeMap<>();
    files.forEach(
        (key, info) -> changes.put(key, new Change.PutObject(info.location(), Optional.empty())));
    readme.ifPresent(text -> changes.put(README, text(text, "text/markdown")));
    summary.ifPresent(
        rows -> changes.put(SUMMARY, text(rows.toPrettyString() + "\n", "application/json")));
    return changes;
  }

  private static Change text(String text, String contentType) {
    return new Change.PutBytes(
        ByteBuffer.wrap(text.getBytes(UTF_8)), Optional.of(contentType), Optional.empty());
  }

  long totalBytes() {
    return files.values().stream().mapToLong(ObjectInfo::sizeBytes).sum();
  }

  SortedSet<String> fileTypes() {
    SortedSet<String> types = new TreeSet<>();
    files.keySet().forEach(key -> types.add(FileType.of(key)));
    types.remove(FileType.NONE);
    return types;
  }

  /// The files of each folder, which is named without its final slash; empty for the top.
  SortedMap<String, Folder> folders() {
    SortedMap<String, Folder> folders = new TreeMap<>();
    for (Map.Entry<LogicalKey, ObjectInfo> file : files.entrySet()) {
      String folder = file.getKey().folder();
      folders
          .computeIfAbsent(
              folder.isEmpty() ? "" : folder.substring(0, folder.length() - 1), _ -> new Folder())
          .add(file.getKey().name(), file.getValue().sizeBytes());
    }
    return folders;
  }

  /// What a folder holds by itself.
  static final class Folder {
    private static final int SAMPLES = 3;

    private final List<String> samples = new ArrayList<>();
    private int files;
    private long bytes;

    private void add(String name, long size) {
      files++;
      bytes += size;
      if (samples.size() < SAMPLES) {
        samples.add(name);
      }
    }

    List<String> samples() {
      return List.copyOf(samples);
    }

    int files() {
      return files;
    }

    long bytes() {
      return bytes;
    }
  }
}
