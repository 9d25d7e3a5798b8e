package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.storage.BucketName;

/// Where the objects come from.
///
/// @param bucket their bucket
/// @param prefix their keys begin with it; may be empty, and may end within a name
record SourceFolder(BucketName bucket, String prefix) {
  /// What of a key is told apart from others: all behind the last slash of the prefix.
  ///
  /// @param key begins with the prefix
  String below(String key) {
    return key.substring(prefix.lastIndexOf('/') + 1);
  }

  /// The literal form, as `s3://BUCKET/PREFIX`.
  String uri() {
    return "s3://" + bucket + "/" + prefix;
  }
}
