package com.quiltdata.mcp.tools.folder;

/// Where an object would like to be in the package.
///
/// @param object what is placed
/// @param path the first choice
/// @param longer what tells it apart from others of the same first choice; may be no valid path
record Wish(SourceObject object, String path, String longer) {}
