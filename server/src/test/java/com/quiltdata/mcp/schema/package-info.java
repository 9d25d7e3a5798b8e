/// Holds every message that the server sends in a test to the schema of its revision.
///
/// [com.quiltdata.mcp.schema.SentMessages] is told what a client asked and what it heard; benches
/// and clients do that. [com.quiltdata.mcp.schema.SentMessagesReport] fails the test class. Schemas
/// are those published with each revision, which are not part of this project, and our own of
/// extensions, below `schema` in the test resources. A method finds its definitions through the
/// schema itself: `tools/call` is what `CallToolRequest` says, so its result is a `CallToolResult`.
@NullMarked
package com.quiltdata.mcp.schema;

import org.jspecify.annotations.NullMarked;
