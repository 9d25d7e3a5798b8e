/// The group `metadata`: templates for the metadata of packages.
///
/// The templates themselves are in `quilt.template`. To add a tool, see `tools`. Imports `tools`,
/// `tool`, `resource`, `auth`, `fault`, `json` and `quilt.template`.
@NullMarked
package com.quiltdata.mcp.tools.metadata;

import org.jspecify.annotations.NullMarked;
