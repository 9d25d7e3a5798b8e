/// Templates: what metadata of packages of a kind usually says.
///
/// A [MetadataTemplate] has [TemplateField]s, makes metadata to fill in, and tells what is missing
/// in metadata that somebody wrote. To add a template, add a constant. Imports `json` and Jackson.
@NullMarked
package com.quiltdata.mcp.quilt.template;

import org.jspecify.annotations.NullMarked;
