package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import java.util.Optional;
import java.util.OptionalInt;

/// An entry and where it stands.
///
/// @param entry as it stands there
/// @param line of the manifest, from 1
record ReadEntry(ManifestEntry entry, int line) {
  /// Something found about it.
  Finding finding(FindingCode code, String text) {
    return new Finding(code, Optional.of(entry.logicalKey()), OptionalInt.of(line), text);
  }
}
