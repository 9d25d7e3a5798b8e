/// Many things at once: [Heartbeat] gives them time without a timer for each, [InParallel] does
/// small reads side by side, [Reloaded] keeps what is read again aside. Imports `fault`.
@NullMarked
package com.quiltdata.mcp.concurrent;

import org.jspecify.annotations.NullMarked;
