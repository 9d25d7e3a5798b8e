/// Verifying packages that others wrote.
///
/// [PackageCheck] walks one revision and its objects and gives a [CheckReport] of [Finding]s, each
/// with a stable [FindingCode]. To look for something else, add a code and find it in `EntryCheck`
/// (one entry by itself) or `PackageCheck` (the manifest as a whole). Imports `quilt` and its
/// sub-packages for reading, `storage`, `concurrent` and `fault`.
@NullMarked
package com.quiltdata.mcp.quilt.check;

import org.jspecify.annotations.NullMarked;
