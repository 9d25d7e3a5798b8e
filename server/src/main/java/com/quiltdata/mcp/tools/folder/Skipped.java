package com.quiltdata.mcp.tools.folder;

/// An object that does not become a file of the package.
///
/// @param key its whole key
/// @param reason why
record Skipped(String key, SkipReason reason) {}
