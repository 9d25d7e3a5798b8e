/// The running program: what it is configured to be and how its parts are put together.
///
/// [ServerConfig] turns settings into the configuration of each part and refuses what does not fit
/// together; [Wiring] is the only place that says `new` across packages; [App] starts and stops.
/// Imports everything; nobody but `command` imports it. To bind a new setting, start at
/// [ServerConfig].
@NullMarked
package com.quiltdata.mcp.app;

import org.jspecify.annotations.NullMarked;
