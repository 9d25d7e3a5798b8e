package com.quiltdata.mcp.quilt.manifest;

import java.util.Optional;
import java.util.function.Consumer;

/// Goes through the entries of one manifest in tree order.
interface EntryCursor {

  /// The header of the manifest.
  ManifestHeader header();

  /// The next entry, or empty at the end.
  Optional<ManifestEntry> next();

  /// Hands every entry that is left to somebody.
  default void forEach(Consumer<ManifestEntry> work) {
    for (Optional<ManifestEntry> entry = next(); entry.isPresent(); entry = next()) {
      work.accept(entry.get());
    }
  }
}
