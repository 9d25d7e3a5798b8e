/// Tools and resources for the metadata of packages.
///
/// [MetadataTools] lists them. Imports `tools`, `tool`, `resource`, `auth` and `quilt.template`.
@NullMarked
package com.quiltdata.mcp.tools.metadata;

import org.jspecify.annotations.NullMarked;
