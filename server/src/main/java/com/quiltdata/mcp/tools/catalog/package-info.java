/// Tools that name things the way the Quilt catalog does, and what is known of the catalog.
///
/// [CatalogTools] lists them. Imports `tools`, `tool`, `resource`, `auth`, `quilt` and `storage`.
@NullMarked
package com.quiltdata.mcp.tools.catalog;

import org.jspecify.annotations.NullMarked;
