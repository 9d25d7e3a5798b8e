/// HTTP as this server speaks it: Helidon's WebServer with its gaps closed.
///
/// Bytes pass four stations. [ConnectionGuard] times every connection and notices when its client
/// leaves; [RequestScreen] refuses heads that two parsers could read differently; [OuterFilter]
/// checks `Host` and `Origin`, names the request and reports it; [Dispatch] picks the [Route] by
/// the literal path. A route sees an [Exchange] and no type of Helidon. [HttpServer] puts the
/// stations together, [HttpConfig] holds every number.
///
/// To add a path, write a [Route] and hand it to [HttpServer]. To change a limit, see [HttpLimits]
/// and [HttpTimers].
@NullMarked
package com.quiltdata.mcp.transport.http;

import org.jspecify.annotations.NullMarked;
