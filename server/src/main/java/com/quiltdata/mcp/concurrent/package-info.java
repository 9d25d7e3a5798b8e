/// Time for many things at once, without a timer for each.
///
/// [Heartbeat] is all there is. Imports nothing.
@NullMarked
package com.quiltdata.mcp.concurrent;

import org.jspecify.annotations.NullMarked;
