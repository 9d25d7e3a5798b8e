/// Tools for Quilt packages.
///
/// [PackageTools] lists them. Imports `tools`, `tool`, `auth`, `quilt` and `storage`.
@NullMarked
package com.quiltdata.mcp.tools.packages;

import org.jspecify.annotations.NullMarked;
