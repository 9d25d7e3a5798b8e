package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import java.util.Optional;

/// What became of one logical key.
///
/// @param key the key
/// @param kind what happened to it
/// @param entry as it stands in the manifest; of a dry run without the places and hashes that only
///   a push can know; empty for one that was removed
/// @param copied whether its bytes were, or would be, copied or written
public record PushedChange(
    LogicalKey key, Kind kind, Optional<ManifestEntry> entry, boolean copied) {

  /// What happens to a key.
  public enum Kind {
    /// It was not there before.
    ADDED,
    /// It was there before.
    REPLACED,
    /// It is there no more.
    REMOVED
  }
}
