/// Logs of tasks. Imports `aws`, `ecs` and `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.logs;

import org.jspecify.annotations.NullMarked;
