/// Templates for the metadata of packages, and what is odd about metadata that somebody wrote.
///
/// [MetadataTemplate] has the templates, [MetadataCheck] finds problems and proposes a way out of
/// each. What a registry demands of metadata is another matter, see `quilt.workflow`. Imports
/// `fault` and `json`. To add a template, add it to [MetadataTemplate]; to add a rule, start at
/// [MetadataCheck].
@NullMarked
package com.quiltdata.mcp.quilt.template;

import org.jspecify.annotations.NullMarked;
