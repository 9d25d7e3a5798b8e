package com.quiltdata.mcp.quilt.template;

/// A member that a template has.
///
/// @param name in the metadata
/// @param meaning for people, with an example
public record TemplateField(String name, String meaning) {}
