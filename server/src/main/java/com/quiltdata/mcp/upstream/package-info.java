/// The services behind this one, and what each may be asked: so many connections, so few second
/// attempts, and none at all while it fails.
///
/// [Upstream] is one service; each request to it is an [Upstream.Exchange]. [UpstreamLimits] bound
/// it. Knows no protocol: who speaks one (`aws`) asks before each request and says how it went.
/// Small documents over HTTP come by [ShortAnswers]. Imports `fault` and `observe`. To bound
/// something else for all services, start at [Upstream].
@NullMarked
package com.quiltdata.mcp.upstream;

import org.jspecify.annotations.NullMarked;
