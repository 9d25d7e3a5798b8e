/// Proposals for a value that somebody is typing: an argument of a prompt, a variable of a resource
/// template.
///
/// A [Completer] answers a [CompletionCall] with a [Completion]. It is asked by the catalogue of
/// what it belongs to, which checks the caller's rights first. Imports `auth` and `fault`. The
/// completers of buckets, packages and so on are in `tools.completers`.
///
/// @see <a
///   href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/completion">Specification</a>
@NullMarked
package com.quiltdata.mcp.completion;

import org.jspecify.annotations.NullMarked;
