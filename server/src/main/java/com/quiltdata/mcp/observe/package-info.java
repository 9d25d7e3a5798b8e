/// What operators see of the running server: log events with the request they belong to.
///
/// [EventLog] writes events with [LogFields]; [RequestContext] says which request a thread works
/// for; [Logging] sets the process up, one JSON object a line or readable on a terminal. Secrets
/// are struck out in one place, `Redaction`. Imports `json` only. To add a field, start at
/// [LogFields]; to strike out more, at `Redaction`.
@NullMarked
package com.quiltdata.mcp.observe;

import org.jspecify.annotations.NullMarked;
