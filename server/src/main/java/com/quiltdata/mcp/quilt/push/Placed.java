package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.ObjectInfo;

/// Where the bytes of a new entry are for good.
///
/// @param info the object
/// @param physicalUri its physical key
/// @param hash of the bytes
/// @param written whether this push put them there
record Placed(ObjectInfo info, String physicalUri, ObjectHash hash, boolean written) {

  /// The entry with its place.
  ManifestEntry entry(ManifestEntry entry) {
    return new ManifestEntry(
        entry.logicalKey(), physicalUri, entry.size(), entry.hash(), entry.meta());
  }
}
