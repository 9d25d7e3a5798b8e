package com.quiltdata.mcp.deploy.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files that a registry keeps, and sends, as one.
///
/// @param name for people
/// @param files what there is, by its path in the image; what can be executed here can be there
public record Layer(String name, SortedMap<String, Path> files) {
  /// Copies the files.
  public Layer {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  static Layer of(String name, String path, Path file) {
    return new Layer(name, new TreeMap<>(java.util.Map.of(path, file)));
  }

  /// All files below a folder.
  static Layer below(String name, String path, Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      files.put(path + "/" + folder.relativize(file), file);
    }
    return new Layer(name, files);
  }
}
