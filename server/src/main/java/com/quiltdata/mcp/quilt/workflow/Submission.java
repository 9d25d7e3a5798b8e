package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.EntrySource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What somebody wants to push.
///
/// @param name of the package
/// @param message empty when there is none, while the empty text is one
/// @param userMeta of the package as a whole; empty when absent or null
/// @param entries walked only when the workflow has a schema for them
public record Submission(
    PackageName name,
    Optional<String> message,
    Optional<ObjectNode> userMeta,
    EntrySource entries) {}
