/// The Model Context Protocol, every revision from 2025-03-26 to 2026-07-28 (and `initialize` with
/// 2024-11-05), without any transport.
///
/// [McpEndpoint] takes one message and gives the [Reply]; what differs between revisions stands in
/// [ProtocolVersion] and is applied by `RevisionWriter`, nowhere else. Imports `tool`, `resource`,
/// `auth`, `json` and `observe`. To add a method, write a class like `PingMethod` and a line in
/// `Methods`; to add a revision, start at [ProtocolVersion].
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28">Specification</a>
@NullMarked
package com.quiltdata.mcp.protocol;

import org.jspecify.annotations.NullMarked;
