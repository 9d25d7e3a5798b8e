/// MCP through the public address. Imports `ecs`, `json` and `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.smoke;

import org.jspecify.annotations.NullMarked;
