/// What people read. Imports `ecs`, `release` and `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.console;

import org.jspecify.annotations.NullMarked;
