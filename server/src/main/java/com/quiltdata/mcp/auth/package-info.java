/// Who is calling and what this caller may do.
///
/// [Authenticator] turns the `Authorization` headers of one request into an [Authentication]; a
/// [Caller] comes out of nothing else. `ToolPolicy` decides a call from the caller's claims, the
/// actions that the tool needs and the buckets that its arguments name. Imports `fault`, `json`,
/// the value types of `storage` and Helidon's JWT classes. To add a token check, start at
/// `TokenVerifier`; to add a right that a tool needs, at `ToolPolicy`.
@NullMarked
package com.quiltdata.mcp.auth;

import org.jspecify.annotations.NullMarked;
