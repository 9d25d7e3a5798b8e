/// Writing packages.
///
/// [Push] makes a revision from a [PackageEdit], in the order in which a crash at any moment leaves
/// `latest` with a whole package: objects (`Placement`), manifest (`ManifestFile`), pointers
/// (`Publication`); `PushRun` is the order. [Deletion], [Rollback] and [Tagging] change pointers
/// only. To add a kind of change, start at [Change]. Imports `quilt` and its other sub-packages,
/// `storage`, `concurrent`, `json` and `fault`.
@NullMarked
package com.quiltdata.mcp.quilt.push;

import org.jspecify.annotations.NullMarked;
