/// How commands end: [ExitCode] for scripts, [Failure] with the reason. Imports nothing.
@NullMarked
package com.quiltdata.mcp.deploy.outcome;

import org.jspecify.annotations.NullMarked;
