package com.quiltdata.mcp.quilt.push;

/// Where registries are kept.
public enum StoreKind {
  /// As in S3 with versions.
  VERSIONED,
  /// As in S3 without.
  PLAIN,
  /// In a folder.
  FOLDER
}
