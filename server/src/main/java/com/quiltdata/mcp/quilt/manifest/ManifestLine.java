package com.quiltdata.mcp.quilt.manifest;

/// A line of a manifest behind its header.
public sealed interface ManifestLine permits ManifestEntry, FolderMetadata {}
