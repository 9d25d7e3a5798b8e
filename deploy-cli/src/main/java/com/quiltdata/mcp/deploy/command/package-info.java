/// The command line, one class a command; the only package that knows picocli.
///
/// Start at [DeployCli]. Imports everything.
@NullMarked
package com.quiltdata.mcp.deploy.command;

import org.jspecify.annotations.NullMarked;
