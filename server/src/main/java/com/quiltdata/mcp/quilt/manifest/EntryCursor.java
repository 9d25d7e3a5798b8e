package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import java.util.Optional;
import java.util.function.Consumer;

/// Goes through the entries of one manifest in tree order, once. Not thread-safe.
public interface EntryCursor extends AutoCloseable {

  /// The header of the manifest.
  ManifestHeader header();

  /// The next entry.
  ///
  /// @return an entry behind all before it in tree order; empty at the end
  /// @throws Fault what reading a manifest throws, see [ManifestReader#next]
  Optional<ManifestEntry> next();

  /// Hands every entry that is left to somebody.
  ///
  /// @param work takes one after the other
  default void forEach(Consumer<ManifestEntry> work) {
    for (Optional<ManifestEntry> entry = next(); entry.isPresent(); entry = next()) {
      work.accept(entry.get());
    }
  }

  /// Gives back what the cursor holds; nothing, unless it reads a file.
  @Override
  default void close() {}
}
