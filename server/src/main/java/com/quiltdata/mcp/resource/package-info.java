/// What a resource is: a description and something to read. Holds the contract and no resource.
///
/// [ResourceCatalog] is the only way to read one, so that the caller's rights are checked first.
/// Imports `auth`, `completion`, `fault` and the JSON tree. To add a resource, go to the package of
/// its group under `tools`.
@NullMarked
package com.quiltdata.mcp.resource;

import org.jspecify.annotations.NullMarked;
