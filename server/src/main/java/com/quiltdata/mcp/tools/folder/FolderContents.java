package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.FileType;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TreeOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of a plan in numbers.
///
/// @param files how many
/// @param bytes their sizes together
/// @param folders those that hold files, in tree order
/// @param types extensions, those with the most files first
record FolderContents(long files, long bytes, List<Folder> folders, List<Type> types) {
  /// What files without an extension are told under.
  static final String NO_EXTENSION = "none";

  private static final int SAMPLES = 3;
  private static final int MAX_EXTENSIONS = 100;

  /// A folder and the files directly in it.
  ///
  /// @param path without a slash at the end; empty for the top of the package
  /// @param files how many
  /// @param bytes their sizes together
  /// @param samples the names of the first three
  record Folder(String path, long files, long bytes, List<String> samples) {
    /// Copies the names.
    Folder {
      samples = List.copyOf(samples);
    }
  }

  /// An extension.
  ///
  /// @param name lower case, without a dot; [#NO_EXTENSION] for none
  /// @param files how many have it
  /// @param bytes their sizes together
  record Type(String name, long files, long bytes) {}

  /// Copies the lists.
  FolderContents {
    folders = List.copyOf(folders);
    types = List.copyOf(types);
  }

  static FolderContents of(Map<LogicalKey, SourceObject> files) {
    Map<String, Count> folders = new TreeMap<>(TreeOrder.INSTANCE);
    Map<String, Count> types = new TreeMap<>();
    Count all = new Count();
    files.forEach((key, object) -> {
      String folder = key.folder();
      String type = FileType.of(key);
      all.add(key, object);
      folders.computeIfAbsent(folder, _ -> new Count()).add(key, object);
      types
          .computeIfAbsent(type.equals(FileType.NONE) ? NO_EXTENSION : type, _ -> new Count())
          .add(key, object);
    });
    return new FolderContents(
        all.files,
        all.bytes,
        folders.entrySet().stream()
            .map(one ->
                new Folder(
                    withoutSlash(one.getKey()),
                    one.getValue().files,
                    one.getValue().bytes,
                    one.getValue().samples))
            .toList(),
        types.entrySet().stream()
            .map(one -> new Type(one.getKey(), one.getValue().files, one.getValue().bytes))
            .sorted(Comparator.comparingLong(Type::files).reversed().thenComparing(Type::name))
            .toList());
  }

  private static String withoutSlash(String folder) {
    return folder.isEmpty() ? folder : folder.substring(0, folder.length() - 1);
  }

  /// The first hundred extensions in order, those who have none left out.
  List<String> extensions() {
    return types.stream()
        .map(Type::name)
        .filter(name -> !name.equals(NO_EXTENSION))
        .sorted()
        .limit(MAX_EXTENSIONS)
        .toList();
  }

  /// Megabytes with two digits behind the point.
  double megabytes() {
    return Math.round(bytes / 1_048_576.0 * 100) / 100.0;
  }

  private static final class Count {
    private final List<String> samples = new ArrayList<>();
    private long files;
    private long bytes;

    void add(LogicalKey key, SourceObject object) {
      files++;
      bytes += object.sizeBytes();
      if (samples.size() < SAMPLES) {
        samples.add(key.name());
      }
    }
  }
}
