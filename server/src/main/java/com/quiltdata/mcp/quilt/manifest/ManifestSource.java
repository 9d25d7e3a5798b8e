package com.quiltdata.mcp.quilt.manifest;

/// A manifest that can be read more than once.
@FunctionalInterface
public interface ManifestSource {

  /// Opens the manifest from its beginning.
  ///
  /// @return a reader; the caller closes it
  ManifestReader open();
}
