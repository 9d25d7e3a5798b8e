package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.BucketName;

/// The revision that a new one starts from.
///
/// @param bucket its registry; files of another registry than the one that is pushed to are copied
/// @param revision its top hash
public record BaseRevision(BucketName bucket, TopHash revision) {}
