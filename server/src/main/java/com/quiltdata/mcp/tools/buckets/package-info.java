/// Tools for buckets and their objects.
///
/// [BucketTools] lists them. Imports `tools`, `tool`, `auth` and `storage`.
@NullMarked
package com.quiltdata.mcp.tools.buckets;

import org.jspecify.annotations.NullMarked;
