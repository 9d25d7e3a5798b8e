package com.quiltdata.mcp.tools.folder;

/// An object below the prefix.
///
/// @param key its whole key
/// @param sizeBytes its length
record SourceObject(String key, long sizeBytes) {}
