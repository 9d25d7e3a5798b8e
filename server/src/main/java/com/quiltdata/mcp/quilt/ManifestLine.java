package com.quiltdata.mcp.quilt;

/// A line of a manifest behind its header.
public sealed interface ManifestLine permits ManifestEntry, FolderMetadata {}
