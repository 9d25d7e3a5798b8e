/// Registries: buckets that hold packages.
///
/// A [Registry] finds packages, their revisions and the manifests of those; where what is kept is
/// in `RegistryLayout`. Imports `quilt`, `quilt.manifest`, `storage`, `concurrent` and `fault`.
@NullMarked
package com.quiltdata.mcp.quilt.registry;

import org.jspecify.annotations.NullMarked;
