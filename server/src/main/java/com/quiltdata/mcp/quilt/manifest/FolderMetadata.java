package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.quilt.LogicalKey;
import tools.jackson.databind.node.ObjectNode;

/// What somebody noted about a folder of a package. Does not count in the top hash.
///
/// @param folder the folder, without its final slash
/// @param meta the user's own object; not to be changed
public record FolderMetadata(LogicalKey folder, ObjectNode meta) implements ManifestLine {}
