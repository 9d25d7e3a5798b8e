/// The server as an image installs it: its jars, the Java that it brings, its cache of classes.
/// Imports `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.program;

import org.jspecify.annotations.NullMarked;
