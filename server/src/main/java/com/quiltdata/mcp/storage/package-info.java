/// Buckets and objects, wherever they are kept.
///
/// [ObjectStore] is the one way to stored bytes; [BucketName] and [ObjectLocation] are the only
/// readers of bucket names and S3 URIs. Imports `fault` only. To add a kind of storage, make a
/// sub-package with an implementation that passes `ObjectStoreContract`, and a line in `Wiring`.
@NullMarked
package com.quiltdata.mcp.storage;

import org.jspecify.annotations.NullMarked;
