package com.quiltdata.mcp.quilt.manifest;

/// Entries that can be walked more than once: those of a stored manifest, see [OrderedManifest], or
/// of a revision in the making.
@FunctionalInterface
public interface EntrySource {

  /// Starts at the header.
  ///
  /// @return a cursor; the caller closes it
  EntryCursor open();
}
