package com.quiltdata.mcp.storage.local;

import java.util.SortedMap;
import java.util.TreeMap;

/// What stands under one name in a folder: an object, or a folder of further keys.
///
/// @param name the part of the key; with a final `/` for a folder
/// @param found where it is on disk, the preferred place first
record Child(String name, SortedMap<Integer, Found> found) {
  static Child named(String name) {
    return new Child(name, new TreeMap<>());
  }

  /// The file that [Folder#file] gives for the same name.
  Found file() {
    return found.firstEntry().getValue();
  }
}
