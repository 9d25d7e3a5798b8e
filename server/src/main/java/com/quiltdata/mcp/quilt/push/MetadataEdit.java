package com.quiltdata.mcp.quilt.push;

import tools.jackson.databind.node.ObjectNode;

/// What happens to the metadata of a package as a whole.
///
/// Absent, null and the empty object are three different things, which hash differently.
public sealed interface MetadataEdit {
  /// See [Keep].
  MetadataEdit KEEP = new Keep();

  /// It stays as the base has it; absent without a base.
  record Keep() implements MetadataEdit {}

  /// It becomes another object.
  ///
  /// @param metadata may be empty
  record Replace(ObjectNode metadata) implements MetadataEdit {}

  /// Members are put over those of the base, whole and one by one: the old ones keep their places,
  /// new ones stand behind them.
  ///
  /// @param members of the same name replace the old ones
  record Merge(ObjectNode members) implements MetadataEdit {}

  /// It becomes null, as the official client leaves it when a folder is added without metadata.
  record Clear() implements MetadataEdit {}

  /// It becomes absent.
  record Remove() implements MetadataEdit {}
}
