/// What people read. Imports `ecs`, `outcome`, `release` and `target`.
@NullMarked
package com.quiltdata.mcp.deploy.console;

import org.jspecify.annotations.NullMarked;
