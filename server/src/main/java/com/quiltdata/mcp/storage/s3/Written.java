package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.storage.ObjectInfo;
import java.util.Optional;

/// What S3 says of an object when it has taken it.
///
/// @param etag without quotes
/// @param versionId where the bucket keeps versions
/// @param sizeBytes its length
record Written(String etag, Optional<String> versionId, long sizeBytes) {
  /// The version of what was written while versions were suspended; the next write replaces it.
  private static final String SUSPENDED = "null";

  /// Takes the version of an answer only if it stays.
  Written {
    versionId = versionId.filter(id -> !id.equals(SUSPENDED));
  }

  static Written of(ObjectInfo info) {
    return new Written(info.etag(), info.location().versionId(), info.sizeBytes());
  }
}
