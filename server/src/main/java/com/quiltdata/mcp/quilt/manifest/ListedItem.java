package com.quiltdata.mcp.quilt.manifest;

/// A line of a listing.
public sealed interface ListedItem {

  /// The path in the package; that of a folder ends with a slash.
  String path();

  /// A file.
  ///
  /// @param entry all that the manifest says
  record File(ManifestEntry entry) implements ListedItem {
    @Override
    public String path() {
      return entry.logicalKey().value();
    }
  }

  /// A folder whose files are deeper than the listing goes.
  ///
  /// @param path with a final slash
  /// @param files how many there are below it, on all levels
  /// @param totalBytes their sizes together
  record Folder(String path, long files, long totalBytes) implements ListedItem {}
}
