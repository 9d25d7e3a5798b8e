/// Proposals for the names of storage: buckets, packages, revisions, folders. For prompts and
/// resource templates of all groups.
///
/// [StorageCompleters] makes them. Each reads a page or two with the caller's rights and proposes
/// nothing of a bucket that the caller's token does not cover. Imports `tools`, `completion` and
/// the domain packages.
@NullMarked
package com.quiltdata.mcp.tools.completers;

import org.jspecify.annotations.NullMarked;
