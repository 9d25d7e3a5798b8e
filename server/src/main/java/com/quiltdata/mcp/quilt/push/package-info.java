/// Writing packages.
///
/// [Push] makes a revision from a [PackageEdit], in the order in which a crash at any moment leaves
/// `latest` with a whole package: objects, manifest, pointers. To add a kind of change, start at
/// [Change]. Imports `quilt` and its other sub-packages, `storage`, `concurrent`, `json` and
/// `fault`.
@NullMarked
package com.quiltdata.mcp.quilt.push;

import org.jspecify.annotations.NullMarked;
