/// How much one client may ask for, so that nobody uses up what is for all.
///
/// [RateLimiter] limits how often, [Shares] how much at once; [Admission] holds both against the
/// clients of one server, by its [ClientLimits]. Imports nothing of this program. To limit
/// something else, start at [Admission].
@NullMarked
package com.quiltdata.mcp.admission;

import org.jspecify.annotations.NullMarked;
